/// Tells Swift's code from its comments and string literals, as far as the rules need it.
enum SwiftCode {
    /// The text with every character of a comment or of a string literal's text replaced by a space. Line breaks stay;
    /// so does the code inside `\(…)`.
    static func masked(_ text: String) -> String {
        var scanner = Scanner(text)
        scanner.code(untilClosingParenthesis: false)
        return String(scanner.output)
    }

    private struct Scanner {
        private let input: [Character]
        private var position = 0
        private(set) var output: [Character] = []

        init(_ text: String) {
            input = Array(text)
            output.reserveCapacity(input.count)
        }

        mutating func code(untilClosingParenthesis: Bool) {
            var depth = 0
            while position < input.count {
                if starts(with: "//") {
                    blank { $0.starts(with: "\n") }
                } else if starts(with: "/*") {
                    blockComment()
                } else if let hashes = stringHashes() {
                    string(hashes: hashes)
                } else {
                    if input[position] == "(" { depth += 1 }
                    if input[position] == ")" {
                        if depth == 0, untilClosingParenthesis { return }
                        depth -= 1
                    }
                    keep(1)
                }
            }
        }

        private mutating func blockComment() {
            blank(2)
            while position < input.count, !starts(with: "*/") {
                if starts(with: "/*") { blockComment() } else { blank(1) }
            }
            blank(2)
        }

        /// How many `#` stand before a quotation mark that begins here; nil if none does.
        private func stringHashes() -> Int? {
            let hashes = input[position...].prefix { $0 == "#" }.count
            let quote = position + hashes
            return quote < input.count && input[quote] == "\"" ? hashes : nil
        }

        private mutating func string(hashes: Int) {
            let fence = String(repeating: "#", count: hashes)
            blank(hashes)
            let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
            blank(quote.count)
            while position < input.count, !starts(with: quote + fence) {
                if starts(with: "\\\(fence)(") {
                    blank(2 + hashes)
                    code(untilClosingParenthesis: true)
                    blank(1)
                } else if starts(with: "\\\(fence)") {
                    blank(2 + hashes)
                } else if quote.count == 1, input[position] == "\n" {
                    return
                } else {
                    blank(1)
                }
            }
            blank(quote.count + hashes)
        }

        private func starts(with text: String) -> Bool { input[position...].starts(with: text) }

        private mutating func keep(_ count: Int) {
            let end = min(position + count, input.count)
            output += input[position..<end]
            position = end
        }

        private mutating func blank(_ count: Int) {
            let end = min(position + count, input.count)
            output += input[position..<end].map { $0 == "\n" ? "\n" : " " }
            position = end
        }

        private mutating func blank(until isEnd: (ArraySlice<Character>) -> Bool) {
            while position < input.count, !isEnd(input[position...]) { blank(1) }
        }
    }
}
