internal import Events
internal import Foundation

/// What functions must be like beyond their form.
enum RecipientRules {
    static func check(_ recipients: [(recipient: RecipientChanged, place: String)], _ faults: inout FileFaults) {
        var kinds: [String: RecipientKind] = [:]
        for (recipient, place) in recipients {
            if recipient.recipient.isEmpty { faults.add("must not be empty", at: place + "/recipient") }
            if kinds.updateValue(recipient.kind, forKey: recipient.recipient) != nil {
                faults.add("stands twice; a function's name is its own in the whole region", at: place + "/recipient")
            }
        }
        for (recipient, place) in recipients {
            channels(of: recipient, at: place, &faults)
            guard let absence = recipient.absence else { continue }
            if absence.to < absence.from { faults.add("must begin before it ends", at: place + "/absence") }
            if let deputy = absence.deputy, kinds[deputy] != recipient.kind || deputy == recipient.recipient {
                // Rule 6 of the domain: one kind of function never stands in for another.
                faults.add("must be another function of the same kind in this file", at: place + "/absence/deputy")
            }
        }
    }

    private static func channels(of recipient: RecipientChanged, at place: String, _ faults: inout FileFaults) {
        if recipient.channels.isEmpty { faults.add("needs at least one", at: place + "/channels") }
        for (index, channel) in recipient.channels.enumerated() {
            let place = "\(place)/channels/\(index)"
            switch channel.kind {
            case .webhook:
                let url = channel.address.flatMap { URL(string: $0) }
                let isLocal = url?.host() == "127.0.0.1" || url?.host() == "localhost"
                if url?.host() == nil || !(url?.scheme == "https" || (url?.scheme == "http" && isLocal)) {
                    faults.add("must be an https address; http only on this machine", at: place + "/address")
                }
            case .mail:
                if channel.address?.contains("@") != true {
                    faults.add("must be a mail address", at: place + "/address")
                }
            case .inbox:
                if channel.address != nil { faults.add("has no address", at: place + "/address") }
            default: faults.add("must be webhook, mail or inbox", at: place + "/kind")
            }
        }
    }
}
