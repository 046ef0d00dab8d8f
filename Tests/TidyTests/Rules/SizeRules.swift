/// How long things may be.
enum SizeRules {
    static let fileLinesMax = 300
    static let functionLinesMax = 70
    static let lineColumnsMax = 120

    static func file(_ file: SourceFile) -> [Violation] {
        guard file.lines.count > fileLinesMax else { return [] }
        return [Violation(file.path, "\(file.lines.count) lines, more than \(fileLinesMax)")]
    }

    static func lines(_ file: SourceFile) -> [Violation] {
        zip(1..., file.lines).compactMap { number, line in
            guard line.count > lineColumnsMax else { return nil }
            return Violation(file.path, line: number, "\(line.count) columns, more than \(lineColumnsMax)")
        }
    }

    static func functions(_ file: SourceFile) -> [Violation] {
        FunctionLength.all(in: file).compactMap { function in
            guard function.lines > functionLinesMax else { return nil }
            return Violation(
                file.path, line: function.line, "a function of \(function.lines) lines, more than \(functionLinesMax)")
        }
    }
}
