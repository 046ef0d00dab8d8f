internal import Foundation
internal import Runtime

/// What a running store leaves with the broker as the metadata of its committed offsets: who reads here, and that it
/// still does. Tools see the offset; a start reads the rest. Never where reading begins.
struct Witness: Sendable, Equatable {
    let incarnation: UUID
    let epoch: Int
    let place: String
    let boot: UUID
    /// Grows with each renewal, so that a watcher sees whether somebody is alive.
    let beat: Int

    /// One line of under 200 bytes.
    var text: String {
        "barnsakert 1 \(incarnation.text) \(epoch) \(place) \(boot.text) \(beat)"
    }

    /// A witness of ours; nil for metadata that something else wrote, as an operator's reset of offsets does.
    init?(text: String?) {
        guard let parts = text?.split(separator: " ", omittingEmptySubsequences: false), parts.count == 7,
            parts[0] == "barnsakert", parts[1] == "1", let incarnation = UUID(text: String(parts[2])),
            let epoch = Int(parts[3]), let boot = UUID(text: String(parts[5])), let beat = Int(parts[6])
        else { return nil }
        self.init(incarnation: incarnation, epoch: epoch, place: String(parts[4]), boot: boot, beat: beat)
    }

    init(_ identity: StoreIdentity, beat: Int) {
        self.init(
            incarnation: identity.incarnation, epoch: identity.epoch, place: identity.place, boot: identity.boot,
            beat: beat)
    }

    init(incarnation: UUID, epoch: Int, place: String, boot: UUID, beat: Int) {
        self.incarnation = incarnation
        self.epoch = epoch
        self.place = place
        self.boot = boot
        self.beat = beat
    }
}
