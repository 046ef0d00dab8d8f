internal import Foundation

/// The tokens of everybody whom the tool plays, by role and place. Written once for a demonstration; only hashes of
/// them reach the services.
struct Callers: Sendable, Codable {
    /// By `role place`: place is a unit, a care provider, a municipality or the region.
    private(set) var tokens: [String: String] = [:]

    enum Role: String, Sendable {
        case tablet, nurse, ehr, familyTherapist, socialWorker, municipalManager, regionalCoordinator
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    static func name(_ role: Role, at place: String) -> String { "\(role.rawValue) \(place)" }

    func token(_ role: Role, at place: String) throws -> String {
        guard let token = tokens[Self.name(role, at: place)] else {
            throw Missing(description: "no token for \(Self.name(role, at: place))")
        }
        return token
    }

    mutating func add(_ role: Role, at place: String, token: String) {
        tokens[Self.name(role, at: place)] = token
    }

    static func read(_ file: URL) throws -> Callers {
        try JSONDecoder().decode(Callers.self, from: Data(contentsOf: file))
    }
}
