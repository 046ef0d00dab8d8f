import Foundation

/// The checked-out repository that these tests stand in.
struct Repository {
    static let current = Repository(root: URL(filePath: #filePath).ancestor(3))

    let topLevel: [String]
    let files: [SourceFile]

    var swift: [SourceFile] { files.filter { $0.path.hasSuffix(".swift") } }
    /// Swift and C.
    var code: [SourceFile] {
        files.filter { file in [".swift", ".c", ".h"].contains { ending in file.path.hasSuffix(ending) } }
    }
    /// What goes into the five services.
    var shipped: [SourceFile] { swift.filter { ["Services", "Shared"].contains($0.folders.first) } }

    private static let roots = [
        "Package.swift", "README.md", "Services", "Shared", "Tests", "compose", ".ci", ".gitignore", ".swift-format",
    ]

    private init(root: URL) {
        let manager = FileManager.default
        do {
            topLevel = try manager.contentsOfDirectory(atPath: root.path).sorted()
            files = try Self.roots.flatMap { try Self.paths(below: $0, in: root) }.sorted().compactMap { path in
                let file = root.appending(path: path)
                // Archives, certificates and the like are no text; no rule is about them.
                guard let text = String(bytes: try Data(contentsOf: file), encoding: .utf8) else { return nil }
                return SourceFile(path, text, isExecutable: manager.isExecutableFile(atPath: file.path))
            }
        } catch {
            preconditionFailure("the repository can't be read: \(error)")
        }
    }

    private static func paths(below path: String, in root: URL) throws -> [String] {
        let url = root.appending(path: path)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else { return [] }
        guard isDirectory.boolValue else { return [path] }
        return try FileManager.default.contentsOfDirectory(atPath: url.path)
            .filter { !$0.hasPrefix(".build") && $0 != ".venv" && $0 != "__pycache__" }
            .flatMap { try paths(below: "\(path)/\($0)", in: root) }
    }
}

extension URL {
    fileprivate func ancestor(_ count: Int) -> URL {
        (0..<count).reduce(self) { url, _ in url.deletingLastPathComponent() }
    }
}
