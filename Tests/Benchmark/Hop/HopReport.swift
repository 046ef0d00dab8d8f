import Foundation

/// What the hop cost with a number of forms in the store, for people and for programs.
struct HopReport: Codable {
    /// One measurement, of the service or of the bare loop.
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
    var bareLoop: [Measured] = []

    /// How much of our CPU a bare loop would need: 1 is as cheap as C.
    var ratio: Double {
        bareLoop.map(\.cpuMicrosecondsPerForm).median
            / max(scoring.map(\.cpuMicrosecondsPerForm).median, 0.001)
    }

    /// One paragraph.
    var text: String {
        """
        hop answers -> scoring -> outcomes, \(forms) forms after the first \(formsInStore), \(scoring.count) rounds
          scoring    \(Self.line(scoring)) CPU-us a form
          bare loop  \(Self.line(bareLoop)) CPU-us a form
          ratio      \(Self.shown(ratio)) (bare loop / scoring)
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
