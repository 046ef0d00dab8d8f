public import Foundation

/// Files of the repository, for tests that hold them to the code.
public enum Repository {
    /// The top folder.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The bytes of a file, by its path from the top.
    public static func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: root.appending(path: path))
    }

    /// Names of the files in a folder, sorted.
    public static func files(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path).sorted()
    }
}
