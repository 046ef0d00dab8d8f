internal import CSQLite
public import Foundation
public import Runtime

/// One row of a result, valid only inside the closure that receives it. Columns count from 0.
///
/// A column read as another type than it has is converted as SQLite does; NULL reads as 0, "" or no bytes, so that a
/// column that may be NULL is read by the `…IfAny` functions.
public struct Row {
    let statement: OpaquePointer

    /// Whether the column is NULL.
    public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    /// A 64-bit integer.
    public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    /// A whole number.
    public func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }
    /// A truth value: anything but 0.
    public func bool(_ column: Int32) -> Bool { sqlite3_column_int64(statement, column) != 0 }
    /// A floating-point number.
    public func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }
    /// An instant stored as milliseconds.
    public func time(_ column: Int32) -> Timestamp { Timestamp(milliseconds: integer(column)) }

    /// Text.
    public func text(_ column: Int32) -> String {
        guard let pointer = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: pointer, count: count), as: UTF8.self)
    }

    /// Bytes.
    public func blob(_ column: Int32) -> [UInt8] {
        guard let pointer = sqlite3_column_blob(statement, column) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, column))
        return Array(UnsafeRawBufferPointer(start: pointer, count: count))
    }

    /// An identifier stored as 16 bytes.
    /// - Throws: `StoreFailure` (fatal) when the column holds anything else: only a damaged store does.
    public func uuid(_ column: Int32) throws -> UUID {
        guard sqlite3_column_bytes(statement, column) == 16, let pointer = sqlite3_column_blob(statement, column) else {
            throw StoreFailure(.fatal, reason: "an identifier is not 16 bytes", hint: "restore the last backup")
        }
        return UUID(uuid: pointer.loadUnaligned(as: uuid_t.self))
    }

    /// Text, or nil for NULL.
    public func textIfAny(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
    /// A whole number, or nil for NULL.
    public func intIfAny(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }
    /// An instant, or nil for NULL.
    public func timeIfAny(_ column: Int32) -> Timestamp? { isNull(column) ? nil : time(column) }
    /// Bytes, or nil for NULL.
    public func blobIfAny(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : blob(column) }
    /// An identifier, or nil for NULL.
    public func uuidIfAny(_ column: Int32) throws -> UUID? { isNull(column) ? nil : try uuid(column) }
}
