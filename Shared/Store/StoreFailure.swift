internal import CSQLite

/// Why the store did not do what was asked, and what the caller is to do about it.
///
/// Carries SQLite's extended result code and the statement's text, which is a constant of the program; never a bound
/// value, since values are about people.
public struct StoreFailure: Error, Sendable, CustomStringConvertible {
    /// What follows from a failure.
    public enum Decision: Sendable, Equatable {
        /// The disk is full or the file is held: nothing was changed, ask again later.
        case retry
        /// The data broke a rule of the schema: asking again gives the same answer.
        case refuse
        /// The file, the disk or the program is broken: the process has to end, since nothing it says can be trusted.
        case fatal
    }

    /// What follows.
    public let decision: Decision
    /// SQLite's extended result code; 0 when the store itself refused.
    public let code: Int32
    /// What happened, in constant words.
    public let reason: String
    /// What an operator can do.
    public let hint: String

    /// Whether writes are refused because there is no room.
    public var isDiskFull: Bool { code & 0xFF == SQLITE_FULL || code == Self.noRoomForLogIndex }

    /// Whether the file or the disk is broken, whoever was the one to notice.
    public var isDamage: Bool {
        decision == .fatal && [SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR].contains(code & 0xFF)
    }

    /// SQLITE_IOERR_SHMSIZE: the log's index couldn't be enlarged, which is how a full disk shows there.
    private static let noRoomForLogIndex = SQLITE_IOERR | 19 << 8

    /// Reason, code and hint on one line.
    public var description: String { "\(reason) (sqlite \(code)); \(hint)" }

    /// The hint where only a change of the program helps.
    static let reportHint = "a fault of the program: report it with this line"

    /// A failure that the store itself found.
    public init(_ decision: Decision, reason: String, hint: String) {
        self.init(decision, code: 0, reason: reason, hint: hint)
    }

    init(_ decision: Decision, code: Int32, reason: String, hint: String) {
        self.decision = decision
        self.code = code
        self.reason = reason
        self.hint = hint
    }

    /// The failure that a result code means (https://www.sqlite.org/rescode.html).
    init(code: Int32, doing what: String) {
        let noRoom = "make room on the volume of the data directory; writing goes on by itself"
        let (decision, hint): (Decision, String) =
            switch code & 0xFF {
            case SQLITE_FULL: (.retry, noRoom)
            case SQLITE_IOERR where code == Self.noRoomForLogIndex: (.retry, noRoom)
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
                (.retry, "another program holds the database; it must not be opened")
            case SQLITE_NOMEM: (.retry, "the machine is out of memory")
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG: (.refuse, "the data breaks a rule of the schema")
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY:
                (.fatal, "check the owner of the data directory and whether its volume may be written to")
            case SQLITE_CORRUPT, SQLITE_NOTADB: (.fatal, "the file is damaged: restore the last backup")
            case SQLITE_IOERR: (.fatal, "the disk failed: check the volume, then start again or restore")
            default: (.fatal, Self.reportHint)
            }
        self.init(decision, code: code, reason: "\(what) failed: \(String(cString: sqlite3_errstr(code)))", hint: hint)
    }
}
