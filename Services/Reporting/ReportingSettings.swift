internal import Configuration
internal import Delivery
internal import Events

/// What reporting is told beside what every service is.
struct ReportingSettings: Sendable {
    let publicServer: PublicServerSettings

    init(_ reader: inout SettingsReader) {
        publicServer = PublicServerSettings(&reader, service: .reporting)
    }
}
