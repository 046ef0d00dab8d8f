import Foundation

/// What the hop cost with a number of forms in the store, for people and for programs.
struct HopReport: Codable {
    /// One measurement, of the service or of a loop in C.
    struct Measured: Codable {
        /// User and system time.
        let cpuMicrosecondsPerForm: Double
        /// Only of the service.
        var formsPerSecond: Double?
        var peakBytes: Int?
    }

    /// The forms in the store when the counting began.
    let formsInStore: Int
    /// The forms counted.
    let forms: Int
    var scoring: [Measured] = []
    /// The loop that does the same work.
    var sameWork: [Measured] = []
    /// The loop that decides nothing and decodes nothing.
    var bareLoop: [Measured] = []

    /// How much of our CPU a loop needs: 1 is as cheap as C.
    private func ratio(of loop: [Measured]) -> String {
        Self.shown(
            loop.map(\.cpuMicrosecondsPerForm).median / max(scoring.map(\.cpuMicrosecondsPerForm).median, 0.001))
    }

    /// One paragraph.
    var text: String {
        """
        hop answers -> scoring -> outcomes, \(forms) forms after the first \(formsInStore), \(scoring.count) rounds
          scoring    \(Self.line(scoring)) CPU-us a form
          same work  \(Self.line(sameWork)) CPU-us a form in C; ratio \(ratio(of: sameWork)) (C / scoring)
          bare loop  \(Self.line(bareLoop)) CPU-us a form in C; ratio \(ratio(of: bareLoop))
          scoring    \(Self.shown(scoring.compactMap(\.formsPerSecond).median)) forms/s, peak \
        \((scoring.compactMap(\.peakBytes).max() ?? 0) / 1_048_576) MB
        """
    }

    private static func line(_ all: [Measured]) -> String {
        let values = all.map(\.cpuMicrosecondsPerForm)
        return "\(shown(values.median)) (rounds: \(values.map(shown).joined(separator: ", ")))"
    }

    private static func shown(_ value: Double) -> String { String(format: "%.2f", value) }
}
