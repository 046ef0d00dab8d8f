internal import Foundation
internal import Store

/// Which record is being handled right now, kept in a small file that survives the process but costs no disk sync.
///
/// A trap in a handler ends the process before anything is committed. The next start finds the record's place here, and
/// after the third time parks the record (DESIGN 3.2). A power cut may lose the note; then the count is one lower.
final class InHand: Sendable {
    /// The place of a record.
    struct Place: Hashable, Sendable {
        let topic: String
        let partition: Int32
        let offset: Int64
    }

    private static let bytes = 128
    private let file: Int32

    init(path: String) throws(StoreFailure) {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw StoreFailure(
                .fatal, reason: "the note of the record in hand can't be opened", hint: "check the owner")
        }
    }

    deinit { close(file) }

    /// Notes that a record is in hand.
    func take(_ place: Place) {
        write("\(place.topic) \(place.partition) \(place.offset)")
    }

    /// Notes that nothing is in hand.
    func putDown() { write("") }

    /// What the process before this one had in hand when it ended.
    func leftBehind() -> Place? {
        var buffer = [UInt8](repeating: 0, count: Self.bytes)
        guard pread(file, &buffer, Self.bytes, 0) > 0 else { return nil }
        let text = String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
        let parts = text.split(separator: " ")
        guard parts.count == 3, let partition = Int32(parts[1]), let offset = Int64(parts[2]) else { return nil }
        return Place(topic: String(parts[0]), partition: partition, offset: offset)
    }

    /// A failed write only makes a death uncounted, so the result is of no use to anybody.
    private func write(_ text: String) {
        var bytes = Array(text.utf8.prefix(Self.bytes))
        bytes += [UInt8](repeating: 0, count: Self.bytes - bytes.count)
        _ = pwrite(file, bytes, Self.bytes, 0)
    }
}
