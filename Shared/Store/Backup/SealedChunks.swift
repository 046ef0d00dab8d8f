internal import Cryptography
internal import Runtime

/// A file sealed in chunks, none of which can be changed, moved, left out, repeated or taken from another backup.
///
/// After the header (`BackupHeader`), for each chunk:
///
///     1 byte     1 for the last chunk, else 0
///     4          length of what follows, big-endian
///     as given   the chunk as `SealingKeys` seals it (AES-256-GCM)
///
/// Associated data of a chunk: the whole header, its number from 0 (8 bytes, big-endian) and the byte that says whether
/// it is the last. All chunks but the last hold `chunkBytes` of plain text. Memory: some chunks, whatever the file's
/// length.
struct SealedChunks {
    static let chunkBytes = 1 << 20
    /// What sealing adds at most: layout, key id, nonce and tag.
    static let sealingBytesMax = 64

    let keys: SealingKeys
    let header: BackupHeader
    /// Called with the bytes done and to do, after each chunk; throws to give up.
    let progress: (Int, Int) throws(StoreFailure) -> Void

    /// Seals all of `plain` behind the header.
    func seal(_ plain: borrowing OwnedFile, into sealed: borrowing OwnedFile) throws(StoreFailure) {
        let length = try plain.length()
        var done = 0
        var number = UInt64(0)
        try sealed.write(header.bytes)
        repeat {
            let chunk = try plain.read(min(Self.chunkBytes, length - done))
            guard !chunk.isEmpty else {
                throw StoreFailure(.retry, reason: "the copy became shorter", hint: "take the backup again")
            }
            done += chunk.count
            let last: UInt8 = done == length ? 1 : 0
            let bytes: [UInt8]
            do {
                bytes = try keys.seal(chunk, associated: associated(number, last))
            } catch {
                throw StoreFailure(.retry, reason: "sealing chunk \(number) failed", hint: error.hint)
            }
            try sealed.write([last] + bigEndian(UInt32(bytes.count)) + bytes)
            number += 1
            try progress(done, length)
        } while done < length
    }

    /// Opens all chunks behind the header, which has been read, into `plain`. What stands in `plain` counts only when
    /// this returns: the last chunk tells that nothing was cut off.
    func open(_ sealed: borrowing OwnedFile, into plain: borrowing OwnedFile) throws(StoreFailure) {
        let length = try sealed.length()
        var done = header.bytes.count
        var number = UInt64(0)
        var isLast = false
        while !isLast {
            let frame = try sealed.read(5)
            guard frame.count == 5 else { throw Self.refusal(number, "is missing") }
            isLast = frame[0] == 1
            let count = frame[1...].reduce(0) { $0 << 8 | Int($1) }
            guard count <= Self.chunkBytes + Self.sealingBytesMax else { throw Self.refusal(number, "is too long") }
            let bytes = try sealed.read(count)
            guard bytes.count == count else { throw Self.refusal(number, "is cut short") }
            let chunk: [UInt8]
            do {
                chunk = try keys.open(bytes, associated: associated(number, frame[0]))
            } catch {
                throw Self.refusal(number, "can't be opened", hint: error.hint)
            }
            try plain.write(chunk)
            done += frame.count + count
            number += 1
            try progress(done, length)
        }
        guard try sealed.read(1).isEmpty else { throw Self.refusal(number, "follows the last one") }
    }

    private func associated(_ number: UInt64, _ last: UInt8) -> [UInt8] {
        header.bytes + bigEndian(number) + [last]
    }

    private static func refusal(
        _ number: UInt64, _ what: String, hint: String = "the file was damaged or changed: use another backup"
    ) -> StoreFailure {
        StoreFailure(.refuse, reason: "chunk \(number) of the backup \(what)", hint: hint)
    }
}
