/// What the repository holds at its top, and what its scripts are like.
enum RepositoryRules {
    static let topLevel: Set<String> = [
        "LICENSE", "Package.swift", "README.md", "Services", "Shared", "Tests", "compose",
    ]

    static func topLevel(_ names: [String]) -> [Violation] {
        names.filter { !topLevel.contains($0) && !$0.hasPrefix(".") }.map {
            Violation($0, "doesn't belong at the top of the repository")
        }
    }

    /// A script can be started as it is, and stops at its first failure.
    static func script(_ file: SourceFile) -> [Violation] {
        let isShell = file.lines.first?.firstMatch(of: /^#!.*\b(?:ba|da|z)?sh\b/) != nil
        guard isShell || file.path.hasSuffix(".sh") else { return [] }
        var violations: [Violation] = []
        if !file.isExecutable { violations.append(Violation(file.path, "a script without its run bit")) }
        if !file.lines.contains("set -euo pipefail") {
            violations.append(Violation(file.path, "a script without a line `set -euo pipefail`"))
        }
        return violations
    }

    /// Where packages come from is the machine's configuration, never the repository's. The names are in pieces, so
    /// that this file doesn't break its own rule.
    private static let registryHosts: [String] = [
        ["pypi", "org"], ["pythonhosted", "org"], ["npmjs", "org"], ["npmjs", "com"], ["crates", "io"],
        ["rubygems", "org"], ["proxy", "golang", "org"], ["docker", "io"], ["ghcr", "io"], ["quay", "io"],
        ["gcr", "io"], ["deb", "debian", "org"], ["security", "debian", "org"], ["archive", "ubuntu", "com"],
        ["maven", "org"], ["maven", "apache", "org"], ["nuget", "org"], ["swiftpackageindex", "com"],
    ].map { $0.joined(separator: ".") }

    static func registryHost(_ file: SourceFile) -> [Violation] {
        zip(1..., file.lines).compactMap { number, line in
            let lower = line.lowercased()
            guard registryHosts.contains(where: lower.contains) else { return nil }
            return Violation(file.path, line: number, "names the host of a package registry")
        }
    }
}
