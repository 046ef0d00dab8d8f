import RegexBuilder

/// The rules about `import` lines.
enum ImportRules {
    struct Import {
        let line: Int
        let module: String
        let hasAccess: Bool
    }

    static func imports(of file: SourceFile) -> [Import] {
        let kinds = /(?:typealias|struct|class|enum|protocol|let|var|func)\s+/
        let pattern = Regex {
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(public\s+|package\s+|internal\s+|fileprivate\s+|private\s+)?import\s+/
            Optionally(kinds)
            /([A-Za-z_][A-Za-z0-9_]*)/
        }
        return zip(1..., file.code).compactMap { number, line in
            guard let match = line.prefixMatch(of: pattern) else { return nil }
            return Import(line: number, module: String(match.output.2), hasAccess: match.output.1 != nil)
        }
    }

    /// Modules import lower levels only, each C library is one module's, services don't know each other.
    static func levels(_ file: SourceFile) -> [Violation] {
        imports(of: file).compactMap { line in
            Levels.objection(to: line.module, in: file.targetFolder).map { Violation(file.path, line: line.line, $0) }
        }
    }

    /// In what is shipped, every import says who sees it.
    static func access(_ file: SourceFile) -> [Violation] {
        guard file.folders.first != "Tests", file.folders.first != nil else { return [] }
        return imports(of: file).filter { !$0.hasAccess }.map {
            Violation(file.path, line: $0.line, "import \($0.module) without access: internal, or public for an API")
        }
    }

    /// Only `Delivery` sees both the store and the broker.
    static func storeBesideKafka(_ files: [SourceFile]) -> [Violation] {
        let shipped = files.filter { ["Shared", "Services"].contains($0.folders.first) }
        return Dictionary(grouping: shipped, by: \.targetFolder).filter { $0.key != "Shared/Delivery" }
            .sorted { $0.key < $1.key }
            .flatMap { folder, files -> [Violation] in
                let found = files.flatMap { file in imports(of: file).map { (file.path, $0) } }
                guard found.contains(where: { $0.1.module == "Store" }) else { return [] }
                return found.filter { $0.1.module == "Kafka" }.map { path, line in
                    Violation(path, line: line.line, "\(folder) imports Store too; only Delivery sees both")
                }
            }
    }
}
