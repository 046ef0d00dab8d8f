internal import Foundation

/// Shows on one line how far the families have come; on a terminal only, elsewhere one line at the end.
actor Progress {
    private static let interval = Duration.milliseconds(100)

    private let families: Int
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let began = ContinuousClock.now
    private var done = 0
    private var counts: [StepKind: Int] = [:]
    private var shownAt: ContinuousClock.Instant?

    init(families: Int) { self.families = families }

    func sent(_ kind: StepKind) {
        counts[kind, default: 0] += 1
        show()
    }

    func finished() {
        done += 1
        show()
    }

    /// Ends the line.
    func end() {
        let line = text + "\n"
        FileHandle.standardError.write(Data((isTerminal ? "\r" + line : line).utf8))
    }

    private var text: String {
        func sum(_ kinds: StepKind...) -> Int { kinds.reduce(0) { $0 + counts[$1, default: 0] } }
        let seconds = (ContinuousClock.now - began).components.seconds
        return "families \(done)/\(families) · visits \(sum(.visit)) · forms and batches \(sum(.form, .forms))"
            + " · conversations \(sum(.conversation)) · answers \(sum(.answer)) · \(seconds) s"
    }

    private func show() {
        guard isTerminal, shownAt.map({ ContinuousClock.now - $0 > Self.interval }) ?? true else { return }
        shownAt = .now
        FileHandle.standardError.write(Data(("\r" + text).utf8))
    }
}
