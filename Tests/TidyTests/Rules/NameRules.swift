/// Names that say nothing.
enum NameRules {
    private static let banned: Set<String> = [
        "Common", "Helper", "Helpers", "Manager", "Managers", "Misc", "Util", "Utility", "Utilities", "Utils",
    ]

    /// No file or folder is called by a name that says nothing about what is in it.
    static func paths(_ file: SourceFile) -> [Violation] {
        let names = file.folders.map(String.init) + [String(file.name.prefix { $0 != "." })]
        return names.compactMap { name in
            banned(in: name).map { Violation(file.path, "\($0) in a name says nothing") }
        }
    }

    /// Nor is a type.
    static func types(_ file: SourceFile) -> [Violation] {
        let pattern = /\b(?:struct|class|enum|actor|protocol|typealias)\s+([A-Za-z_][A-Za-z0-9_]*)/
        return zip(1..., file.code).compactMap { number, line in
            guard let match = line.firstMatch(of: pattern), let word = banned(in: String(match.output.1)) else {
                return nil
            }
            return Violation(file.path, line: number, "\(word) in the name of a type says nothing")
        }
    }

    /// The last word of a camel-case name, if it is banned: `FileManager` is, `ManagerialPost` isn't.
    private static func banned(in name: String) -> String? {
        guard let start = name.lastIndex(where: \.isUppercase) else {
            return banned.first { $0.lowercased() == name }
        }
        let last = String(name[start...])
        return banned.contains(last) ? last : nil
    }
}
