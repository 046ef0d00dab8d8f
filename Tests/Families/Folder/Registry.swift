internal import Foundation

/// What of the demonstration's registry a family needs: where there are units, and when visits fall.
struct Registry: Sendable, Decodable {
    struct Unit: Sendable, Decodable {
        let unit: String
        let careProvider: String
        let municipality: String
        let phase: String
        let tablets: Int
        let teamSlots: [String]

        var isLive: Bool { phase != "planned" }
    }

    struct Slot: Sendable, Decodable {
        let code: String
        let fromDays: Int
        let toDays: Int
    }

    private struct Slots: Sendable, Decodable {
        let slots: [Slot]
    }

    let units: [Unit]
    private let visitSlots: Slots

    /// In their order.
    var slots: [Slot] { visitSlots.slots }

    static func read(_ folder: URL) throws -> Registry {
        let bytes = try Data(contentsOf: folder.appending(path: "registry.json"))
        return try JSONDecoder().decode(Registry.self, from: bytes)
    }
}
