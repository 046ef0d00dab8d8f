internal import Delivery

/// The words after a command's name: options with a value, flags, and the rest.
struct CommandOptions {
    private(set) var values: [String: String] = [:]
    private(set) var flags: Set<String> = []
    private(set) var rest: [String] = []

    /// - Parameter usage: how the words should look, for who typed others.
    init(
        _ words: [String], valued: Set<String> = [], flags known: Set<String> = [], restCount: Int = 0, usage: String
    ) throws(UsageFault) {
        var words = words[...]
        while let word = words.popFirst() {
            if valued.contains(word), values[word] == nil, let value = words.popFirst(), !value.isEmpty {
                values[word] = value
            } else if known.contains(word), flags.insert(word).inserted {
                continue
            } else if !word.hasPrefix("--"), rest.count < restCount {
                rest.append(word)
            } else {
                throw Self.fault(usage)
            }
        }
        if rest.count != restCount { throw Self.fault(usage) }
    }

    static func fault(_ usage: String) -> UsageFault { UsageFault("usage: \(usage)") }
}
