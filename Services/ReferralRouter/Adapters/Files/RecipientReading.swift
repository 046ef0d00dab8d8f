internal import Documents
internal import Events

/// Reads a function of a municipality.
enum RecipientReading {
    static func recipient(_ members: inout Members, in municipality: String) -> RecipientChanged? {
        let recipient = members.required("recipient", .code)
        let kind: RecipientKind? = members.required("kind", .choice())
        let staff = members.objects("staff", countMax: 50, staff)
        let channels = members.objects("channels", countMax: 10, channel)
        let certificate = members.object("certificate", certificate)
        let absence = members.object("absence", absence)
        for name in ["staff", "channels"] where !members.has(name) { members.fault("is required", at: name) }
        if channels.isEmpty, members.has("channels") { members.fault("needs at least one", at: "channels") }
        guard let recipient, let kind else { return nil }
        return RecipientChanged(
            recipient: recipient, municipality: municipality, kind: kind, staff: staff, channels: channels,
            certificate: certificate, absence: absence)
    }

    private static func staff(_ members: inout Members) -> RecipientStaff? {
        let displayName = members.required("displayName", .text())
        let phone = members.required("phone", .text(charactersMax: 30))
        let hours = members.required("hours", .text())
        guard let displayName, let phone, let hours else { return nil }
        return RecipientStaff(displayName: displayName, phone: phone, hours: hours)
    }

    private static func channel(_ members: inout Members) -> RecipientChannel? {
        let kind: ChannelKind? = members.required("kind", .known())
        let address: String?
        switch kind {
        case .webhook: address = members.required("address", .webhookAddress)
        case .mail: address = members.required("address", .mailAddress)
        default:
            address = nil
            if members.has("address") { members.fault("has no address", at: "address") }
        }
        return kind.map { RecipientChannel(kind: $0, address: address) }
    }

    private static func certificate(_ members: inout Members) -> RecipientCertificate? {
        let id = members.required("id", .code)
        let notAfter = members.required("notAfter", .instant)
        let pem = members.required("pem", .certificate)
        guard let id, let notAfter, let pem else { return nil }
        return RecipientCertificate(id: id, notAfter: notAfter, pem: pem)
    }

    private static func absence(_ members: inout Members) -> RecipientAbsence? {
        let from = members.required("from", .day)
        let to = members.required("to", .day)
        let deputy = members.optional("deputy", .code)
        guard let from, let to else { return nil }
        if to < from { members.fault("must begin before it ends") }
        return RecipientAbsence(from: from, to: to, deputy: deputy)
    }
}

/// What functions must be like among each other.
enum RecipientRules {
    static func check(_ recipients: [(recipient: RecipientChanged, place: String)], in reading: DocumentReading) {
        var kinds: [String: RecipientKind] = [:]
        for (recipient, place) in recipients {
            guard kinds.updateValue(recipient.kind, forKey: recipient.recipient) != nil else { continue }
            reading.fault(
                "stands twice; a function's name is its own in the whole region", at: place + "/recipient")
        }
        for (recipient, place) in recipients {
            guard let deputy = recipient.absence?.deputy else { continue }
            if kinds[deputy] != recipient.kind || deputy == recipient.recipient {
                // Rule 6 of the domain: one kind of function never stands in for another.
                reading.fault("must be another function of the same kind in this file", at: place + "/absence/deputy")
            }
        }
    }
}
