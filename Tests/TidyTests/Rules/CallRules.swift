/// Calls that the house doesn't make.
enum CallRules {
    /// Files that may end the process by `fatalError`, each with its reason. None so far.
    static let fatalErrorFiles: [String: String] = [:]

    /// What is shipped speaks through the log; development tools and tests may print.
    static func printing(_ file: SourceFile) -> [Violation] {
        guard file.folders.first != "Tests" else { return [] }
        return file.violations(of: /(?:^|[^.\w])(?:debugPrint|dump|print)\(/, "print: use the log")
    }

    static func fatal(_ file: SourceFile) -> [Violation] {
        guard fatalErrorFiles[file.path] == nil else { return [] }
        return file.violations(of: /(?:^|[^.\w])fatalError\(/, "fatalError: throw, or state a precondition")
    }

    static func detachedTask(_ file: SourceFile) -> [Violation] {
        file.violations(of: /\bTask\s*(?:<[^>]*>\s*)?\.\s*detached\b/, "a detached task belongs to nobody")
    }

    /// `try?` makes a failed read or write look like nothing to read or write.
    static func swallowedFailure(_ file: SourceFile) -> [Violation] {
        zip(1..., file.code).compactMap { number, line in
            guard let match = line.firstMatch(of: /\btry\?(.*)/) else { return nil }
            guard let word = inputOutputWord(in: match.output.1) else { return nil }
            return Violation(file.path, line: number, "try? before \(word) hides that it failed")
        }
    }

    private static let inputOutputWords: Set<String> = [
        "accept", "append", "bind", "checkpoint", "close", "commit", "connect", "contents", "copy", "create", "delete",
        "execute", "file", "flush", "handle", "listen", "move", "open", "poll", "produce", "publish", "query", "read",
        "receive", "remove", "request", "rollback", "run", "save", "seek", "send", "sync", "synchronize", "transaction",
        "truncate", "write",
    ]

    /// The first word, or beginning of a camel-case word, that stands for input or output.
    private static func inputOutputWord(in text: Substring) -> Substring? {
        for name in text.matches(of: /[A-Za-z]+/).map(\.output) {
            let first = name.prefix(1) + name.dropFirst().prefix { $0.isLowercase }
            if inputOutputWords.contains(first.lowercased()) { return name }
        }
        return nil
    }
}
