/// A text file of the repository.
struct SourceFile {
    /// From the top of the repository, as `Shared/Store/Migration.swift`.
    let path: String
    let text: String
    let isExecutable: Bool
    /// The lines as they stand.
    let lines: [Substring]
    /// The same lines with comments and the text of string literals blanked out; Swift only, else as they stand.
    let code: [Substring]

    init(_ path: String, _ text: String, isExecutable: Bool = false) {
        self.path = path
        self.text = text
        self.isExecutable = isExecutable
        lines = Self.lines(text)
        code = path.hasSuffix(".swift") ? Self.lines(SwiftCode.masked(text)) : lines
    }

    var name: Substring { path.split(separator: "/").last ?? "" }
    /// The folders from the top down, without the file's name.
    var folders: [Substring] { path.split(separator: "/").dropLast() }

    /// `Shared/Store`: the folder that holds a target.
    var targetFolder: String { folders.prefix(2).joined(separator: "/") }

    /// A violation for each line of code that a pattern is found in.
    func violations(of pattern: some RegexComponent, _ rule: String) -> [Violation] {
        zip(1..., code).compactMap { number, line in
            line.firstMatch(of: pattern) == nil ? nil : Violation(path, line: number, rule)
        }
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
