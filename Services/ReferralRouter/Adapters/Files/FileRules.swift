internal import Documents
internal import Events
internal import Foundation
internal import Runtime

extension MemberRule {
    /// One of the codes that this release knows.
    static func known() -> MemberRule where Value: OpenCode { one(of: Value.known) }
}

extension MemberRule<CalendarDay> {
    /// A day of the calendar.
    static var day: MemberRule { parsed("a day, as 2026-11-24") { CalendarDay($0) } }
}

extension MemberRule<Timestamp> {
    /// An instant with its zone (RFC 3339).
    static var instant: MemberRule {
        parsed("an instant with a zone, as 2026-11-24T09:30:00+01:00") { Timestamp(rfc3339: $0) }
    }
}

extension MemberRule<String> {
    /// A municipality, as Statistics Sweden numbers them.
    static var municipality: MemberRule {
        parsed("Statistics Sweden's code of four digits") { text in
            text.utf8.count == 4 && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? text : nil
        }
    }

    /// An address of the web that can't be listened to.
    static var httpsAddress: MemberRule {
        parsed("an https address") { text in
            URL(string: text).map { $0.scheme == "https" && $0.host() != nil } == true ? text : nil
        }
    }

    /// Where a webhook goes. On this machine nobody listens on the way.
    static var webhookAddress: MemberRule {
        parsed("an https address; http only on this machine") { text in
            guard let url = URL(string: text), let host = url.host() else { return nil }
            let isLocal = host == "127.0.0.1" || host == "localhost"
            return url.scheme == "https" || (url.scheme == "http" && isLocal) ? text : nil
        }
    }

    /// Where a mail goes: only that it may be one is looked at.
    static var mailAddress: MemberRule {
        parsed("a mail address") { $0.contains("@") && $0.utf8.count <= 254 ? $0 : nil }
    }

    /// A certificate as text.
    static var certificate: MemberRule {
        parsed("a certificate in PEM") { text in
            text.hasPrefix("-----BEGIN CERTIFICATE-----") && text.utf8.count <= 16_384 ? text : nil
        }
    }
}
