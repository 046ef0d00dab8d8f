internal import Events
internal import Foundation
internal import Kafka
internal import Runtime

extension ConsumedRecord {
    /// The event's id, from its header; nil where the record has none that is one.
    var eventID: UUID? {
        headers.first { $0.name == "ce_id" }?.value?.withUnsafeBufferPointer(UUID.init(utf8:))
    }

    /// What its headers say of the event.
    func envelope() throws(EnvelopeFault) -> Envelope {
        try Envelope(headers: headers.lazy.map { EventHeader(name: $0.name, slice: $0.value) })
    }
}
