public import Foundation
public import Runtime

/// What made a service say something. Every event has exactly one.
public enum Trigger: Hashable, Sendable {
    /// A record that was read, by its `ce_id`.
    case record(UUID)
    /// An HTTP write, by its id (UUIDv7).
    case write(UUID)
    /// A timer, by its name and the instant it was due; not when it ran, so that a late run says the same.
    case timer(name: String, due: Timestamp)

    /// Appends the one spelling that goes into an event's id: `record/<uuid>`, `write/<uuid>`, `timer/<name>/<due>`.
    func write(to bytes: inout [UInt8]) {
        switch self {
        case .record(let id):
            bytes.append(contentsOf: "record/".utf8)
            id.writeText(to: &bytes)
        case .write(let id):
            bytes.append(contentsOf: "write/".utf8)
            id.writeText(to: &bytes)
        case .timer(let name, let due): bytes.append(contentsOf: "timer/\(name)/\(due.rfc3339)".utf8)
        }
    }
}
