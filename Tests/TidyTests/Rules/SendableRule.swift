/// `@unchecked Sendable` turns the compiler's proof off, so it needs one in words.
enum SendableRule {
    /// The comment stands on the same line or directly above, and says what keeps threads apart.
    static func unchecked(_ file: SourceFile) -> [Violation] {
        zip(1..., file.code).compactMap { number, code in
            guard code.contains(/@unchecked\s+Sendable\b/) else { return nil }
            let comment = comment(beside: number - 1, in: file).lowercased()
            if ["thread", "lock", "sendable", "unchecked"].contains(where: comment.contains) { return nil }
            return Violation(file.path, line: number, "@unchecked Sendable without its proof beside it")
        }
    }

    private static func comment(beside index: Int, in file: SourceFile) -> String {
        var found = file.lines[index].ranges(of: "//").first.map { [file.lines[index][$0.lowerBound...]] } ?? []
        for line in file.lines[..<index].reversed() {
            let text = line.drop { $0 == " " }
            guard text.hasPrefix("//") || text.hasPrefix("@") else { break }
            found.append(text)
        }
        return found.joined(separator: " ")
    }
}
