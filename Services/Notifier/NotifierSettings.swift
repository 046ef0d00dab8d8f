internal import Configuration
internal import Cryptography
internal import Delivery
internal import Documents
internal import Events
internal import HTTPClient
internal import Runtime

/// The notifier's own settings.
struct NotifierSettings: Sendable {
    let publicServer: PublicServerSettings
    /// The recipients' systems by recipient.
    let endpoints: [String: Endpoint]
    let schedule: RetrySchedule
    let client: HTTPClientSettings

    /// How old the view of consents and referrals may be when an attempt begins (DESIGN 3.2).
    static let viewAgeMax = Duration.seconds(60)
    /// What that view is of.
    static let watchedTopics: Set<Topic> = [.consents, .referrals]

    init(_ reader: inout SettingsReader) {
        publicServer = PublicServerSettings(&reader, service: .notifier)
        let allowsPrivate = reader.value(
            .flag(
                "WEBHOOK_PRIVATE_ADDRESSES", default: false,
                "whether webhooks may go to this machine and private networks, and over plain HTTP; for development"))
        let path = reader.value(
            .path("RECIPIENTS_FILE", "JSON with the recipients' systems: recipient, url, secret or secretFile"))
        endpoints = Self.endpoints(path, allowsPlain: allowsPrivate, &reader)
        schedule = reader.value(.schedule)
        client = Self.client(&reader, allowsPrivate: allowsPrivate)
    }

    /// Reads the files that the settings name and that weren't read with them, and keeps nothing.
    func checkFiles() throws(FileFaults) {
        var faults = FileFaults()
        faults.gather(publicServer.checkFiles)
        if let file = client.authoritiesFile, faults.bytes(of: file) != nil, !AuthorityFile.isUsable(file) {
            faults.add(file, "holds no certificates in PEM")
        }
        try faults.end()
    }

    private static func endpoints(
        _ path: String, allowsPlain: Bool, _ reader: inout SettingsReader
    ) -> [String: Endpoint] {
        guard !path.isEmpty else { return [:] }
        let file = RecipientsFile(path: path, allowsPlain: allowsPlain)
        for fault in file.faults { reader.fault("RECIPIENTS_FILE", fault) }
        return file.endpoints
    }

    private static func client(_ reader: inout SettingsReader, allowsPrivate: Bool) -> HTTPClientSettings {
        var client = HTTPClientSettings()
        client.allowsPrivateAddresses = allowsPrivate
        client.timeout = reader.value(
            .seconds(
                "WEBHOOK_TIMEOUT_SECONDS", in: 1...30, default: 15, "how long a recipient's system may take to answer"))
        client.authoritiesFile = reader.value(
            Setting.path("WEBHOOK_CA_FILE", "authorities of the recipients' certificates; without it the system's")
                .optional)
        client.responseBytesMax = 64 << 10
        // Several recipients may share a host; the lanes keep them apart.
        client.concurrentTransfersMax = Lanes.Limits().attemptsMax
        client.transfersPerOriginMax = client.concurrentTransfersMax
        return client
    }
}

extension Setting where Value == RetrySchedule {
    /// The waits before the attempts.
    static var schedule: Setting {
        let standard = RetrySchedule.standard
        return Setting(
            "RETRY_SCHEDULE_SECONDS", rule: "1 to 20 whole numbers of seconds up to 604800 with commas between them",
            fallback: standard, shown: standard.waits.map { String($0.components.seconds) }.joined(separator: ","),
            standIn: standard, about: "waits before each attempt to deliver a notice; as many attempts as numbers"
        ) { text in
            let waits = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                Int(part.filter { $0 != " " }).flatMap { (0...604_800).contains($0) ? Duration.seconds($0) : nil }
            }
            let known = waits.compactMap { $0 }
            return known.count == waits.count && waits.count <= 20 ? RetrySchedule(waits: known) : nil
        }
    }
}
