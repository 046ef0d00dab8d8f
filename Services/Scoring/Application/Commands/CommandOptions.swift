internal import Delivery
internal import Documents

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
            if valued.contains(word) {
                guard values[word] == nil else { throw Self.fault("\(word) stands twice", usage) }
                guard let value = words.popFirst(), !value.isEmpty else {
                    throw Self.fault("\(word) needs a value", usage)
                }
                values[word] = value
            } else if known.contains(word) {
                guard flags.insert(word).inserted else { throw Self.fault("\(word) stands twice", usage) }
            } else if !word.hasPrefix("--"), rest.count < restCount {
                rest.append(word)
            } else {
                throw Self.fault("\(Self.quoted(word)) isn't understood", usage)
            }
        }
        if rest.count != restCount { throw Self.fault("a word is missing", usage) }
    }

    /// - Parameter what: what is wrong.
    static func fault(_ what: String, _ usage: String) -> UsageFault { UsageFault("\(what); usage: \(usage)") }

    /// A word as somebody typed it, short enough for a line.
    static func quoted(_ word: String) -> String { "'\(String(word.prefix(60)).onOneLine)'" }
}
