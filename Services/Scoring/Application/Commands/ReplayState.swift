internal import Cryptography
internal import Delivery
internal import Foundation
internal import Runtime

/// How far a replay has come. It travels in the words of the command, so that the service keeps nothing between two
/// parts.
struct ReplayState: Sendable, Equatable {
    /// The last respondent whose forms were scored again, as bytes; empty before the first.
    private(set) var after: [UInt8] = []
    private var total = 0
    private var forms = 0
    private var differing = 0
    private var beganAt: Timestamp?

    /// Before anything is read.
    var isNew: Bool { beganAt == nil }
    /// 1 when anything differs, as `diff` has it.
    var exitCode: Int32 { differing == 0 ? 0 : 1 }
    /// What the next part is told.
    var words: [String] {
        let numbers = [total, forms, differing].map(String.init)
        let place = [after.hexText, beganAt?.rfc3339 ?? ""] + numbers
        return [CommandResult.GoingOn.option, place.joined(separator: "/")]
    }

    /// Reads the words after the command's name: none from a person, `words` from a part before.
    init(_ words: [String], usage: String) throws(UsageFault) {
        let options = try CommandOptions(words, valued: [CommandResult.GoingOn.option], usage: usage)
        guard let text = options.values[CommandResult.GoingOn.option] else { return }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let numbers = parts.dropFirst(2).compactMap { Int($0) }.filter { $0 >= 0 }
        guard parts.count == 5, numbers.count == 3, let after = [UInt8](hexText: parts[0]),
            let beganAt = Timestamp(rfc3339: parts[1])
        else { throw CommandOptions.fault("the place is none", usage) }
        self.after = after
        self.beganAt = beganAt
        (total, forms, differing) = (numbers[0], numbers[1], numbers[2])
    }

    mutating func begin(total: Int, at now: Timestamp) {
        self.total = total
        beganAt = now
    }

    mutating func add(forms: Int, differing: Int, upTo: [UInt8]) {
        self.forms += forms
        self.differing += differing
        after = upTo
    }

    /// For the person who waits. Forms may come in meanwhile, so that there can be more than there were.
    func progress(at now: Timestamp) -> String {
        let elapsed = max(0, (now - (beganAt ?? now)).inSeconds)
        let left = forms > 0 ? elapsed / Double(forms) * Double(max(0, total - forms)) : 0
        return "\(forms) of \(total) forms, \(differing) differ, about \(Int(left.rounded(.up))) s left"
    }

    var summary: String {
        "\(forms) forms scored again, " + (differing == 0 ? "none differs" : "\(differing) differ")
    }
}
