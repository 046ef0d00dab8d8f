internal import Cryptography
public import Runtime

/// Which store a backup was taken of, and when.
public struct BackupOrigin: Sendable, Equatable {
    /// The service's name, as in its topics' headers.
    public let service: String
    /// The store's incarnation, in text.
    public let incarnation: String
    /// When it was taken.
    public let takenAt: Timestamp

    /// An origin. Both texts take at most 255 bytes.
    public init(service: String, incarnation: String, takenAt: Timestamp) {
        self.service = service
        self.incarnation = incarnation
        self.takenAt = takenAt
    }
}

/// The beginning of a backup file. Not secret; every chunk is sealed to it.
///
///     8 bytes    "BARNBAK1"
///     16         the file's own random id, so that no chunk fits into another file
///     8          when it was taken: milliseconds since 1970, big-endian
///     1 + n      length and UTF-8 of the service's name
///     1 + n      length and UTF-8 of the store's incarnation
///
/// Chunks follow (`SealedChunks`).
struct BackupHeader: Equatable {
    static let mark = Array("BARNBAK1".utf8)
    static let idBytes = 16
    static let textBytesMax = 255

    let id: [UInt8]
    let origin: BackupOrigin

    /// The header of a new file.
    init(new origin: BackupOrigin) throws(StoreFailure) {
        guard [origin.service, origin.incarnation].allSatisfy({ $0.utf8.count <= Self.textBytesMax }) else {
            throw StoreFailure(.refuse, reason: "a name in the backup is too long", hint: StoreFailure.reportHint)
        }
        do {
            id = try SecureRandom.bytes(Self.idBytes)
        } catch {
            throw StoreFailure(.retry, reason: "the backup's id can't be made", hint: error.hint)
        }
        self.origin = origin
    }

    /// Reads the header where the file begins. Whether it is genuine shows only when the first chunk opens.
    init(from file: borrowing OwnedFile) throws(StoreFailure) {
        let fixed = try file.read(Self.mark.count + Self.idBytes + 8)
        guard fixed.count == Self.mark.count + Self.idBytes + 8, fixed.starts(with: Self.mark) else {
            throw StoreFailure.notABackup
        }
        id = Array(fixed[Self.mark.count..<(Self.mark.count + Self.idBytes)])
        let milliseconds = fixed.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        origin = BackupOrigin(
            service: try Self.text(from: file), incarnation: try Self.text(from: file),
            takenAt: Timestamp(milliseconds: Int64(bitPattern: milliseconds)))
    }

    /// The header as it stands in the file.
    var bytes: [UInt8] {
        Self.mark + id + bigEndian(UInt64(bitPattern: origin.takenAt.milliseconds))
            + [UInt8(origin.service.utf8.count)] + Array(origin.service.utf8)
            + [UInt8(origin.incarnation.utf8.count)] + Array(origin.incarnation.utf8)
    }

    private static func text(from file: borrowing OwnedFile) throws(StoreFailure) -> String {
        guard let count = try file.read(1).first else { throw .notABackup }
        let utf8 = try file.read(Int(count))
        guard utf8.count == Int(count), let text = String(validating: utf8, as: UTF8.self) else { throw .notABackup }
        return text
    }
}

/// A number as its bytes, the most significant first.
func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
}

extension StoreFailure {
    static let notABackup = StoreFailure(
        .refuse, reason: "the file is no backup of this program", hint: "name the file that backup wrote")
}
