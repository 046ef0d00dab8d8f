internal import Foundation

/// Why the file of a `_FILE` variable gave no text; the path isn't kept.
struct UnreadableFile: Error {
    let rule: String
}

extension SettingsReader {
    /// The largest file that a `_FILE` variable may name.
    public static let fileBytesMax = 64 * 1024

    /// The UTF-8 text of a file.
    public static func textOfFile(_ path: String) throws -> String {
        let bytes: Data?
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            bytes = try file.read(upToCount: fileBytesMax + 1)
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            throw UnreadableFile(rule: "names a file that doesn't exist")
        } catch CocoaError.fileReadNoPermission {
            throw UnreadableFile(rule: "names a file that this user may not read")
        }
        guard let bytes else { return "" }
        guard bytes.count <= fileBytesMax else {
            throw UnreadableFile(rule: "names a file of more than \(fileBytesMax) bytes")
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else {
            throw UnreadableFile(rule: "names a file that isn't UTF-8 text")
        }
        return text
    }
}
