internal import Configuration

/// The router's own settings.
struct ReferralRouterSettings: Sendable {
    let contactListsFile: String

    init(_ reader: inout SettingsReader) {
        contactListsFile = reader.value(
            .path("CONTACT_LISTS_FILE", "JSON with each municipality's contact list and recipients"))
    }
}
