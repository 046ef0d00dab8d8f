internal import CSQLite
internal import Foundation

/// Where a connection keeps the bytes of bound values while their statement runs, so that SQLite needs no copy of its
/// own: a row of a dozen values otherwise costs as many allocations.
///
/// Room is given out and taken back like a stack: a statement that is stepped inside another one's rows puts its values
/// behind that one's. What doesn't fit is copied by SQLite.
final class BindingRoom {
    static let bytesMax = 65_536

    private let base = UnsafeMutableRawPointer.allocate(byteCount: bytesMax, alignment: 16)
    /// How much is taken.
    private(set) var used = 0

    deinit {
        base.deallocate()
    }

    /// Takes back everything given out since `used` was so much. The statements that it was given to must have lost
    /// their bindings.
    func shrink(to used: Int) {
        self.used = used
    }

    /// A copy of the bytes that stays where it is until taken back; nil when there is no room.
    func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
        guard bytes.count <= Self.bytesMax - used else { return nil }
        let place = base + used
        if let from = bytes.baseAddress { place.copyMemory(from: from, byteCount: bytes.count) }
        used += bytes.count
        return UnsafeRawPointer(place)
    }
}

extension BindingRoom {
    /// Binds a value; the result is SQLite's code. Its bytes are the room's until the statement's bindings are cleared.
    func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .text(var text):
            return text.withUTF8 { bind(text: UnsafeRawBufferPointer($0), to: statement, at: index) }
        case .blob(let bytes):
            // Without an address, no bytes would be bound as NULL.
            if bytes.isEmpty { return sqlite3_bind_zeroblob(statement, index, 0) }
            return bytes.withUnsafeBytes { bind(blob: $0, to: statement, at: index) }
        case .uuid(let uuid):
            return withUnsafeBytes(of: uuid.uuid) { bind(blob: $0, to: statement, at: index) }
        }
    }

    private func bind(text: UnsafeRawBufferPointer, to statement: OpaquePointer, at index: Int32) -> Int32 {
        guard let kept = keep(text) else {
            return barn_bind_text(
                statement, index, text.baseAddress?.assumingMemoryBound(to: CChar.self), Int64(text.count))
        }
        return sqlite3_bind_text64(
            statement, index, kept.assumingMemoryBound(to: CChar.self), UInt64(text.count), nil, UInt8(SQLITE_UTF8))
    }

    private func bind(blob: UnsafeRawBufferPointer, to statement: OpaquePointer, at index: Int32) -> Int32 {
        guard let kept = keep(blob) else {
            return barn_bind_blob(statement, index, blob.baseAddress, Int64(blob.count))
        }
        return sqlite3_bind_blob64(statement, index, kept, UInt64(blob.count), nil)
    }
}
