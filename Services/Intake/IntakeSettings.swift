internal import Configuration
internal import Delivery
internal import Documents
internal import Events

/// What intake is told beside what every service is.
struct IntakeSettings: Sendable {
    /// Units and visit slots.
    let registryFile: String
    /// One file for each version of a questionnaire.
    let instrumentFiles: [String]
    let publicServer: PublicServerSettings

    init(_ reader: inout SettingsReader) {
        registryFile = reader.value(.path("REGISTRY_FILE", "JSON with the units and the visit slots"))
        instrumentFiles = reader.value(
            .list("INSTRUMENT_FILES", countMax: 50, "JSON files, each with one version of a questionnaire"))
        publicServer = PublicServerSettings(&reader, service: .intake)
    }

    /// Reads the files that the settings name, and keeps nothing of them.
    func checkFiles() throws(FileFaults) {
        var faults = FileFaults()
        faults.gather { () throws(FileFaults) in
            _ = try Registry(registryFile: registryFile, instrumentFiles: instrumentFiles)
        }
        faults.gather(publicServer.checkFiles)
        try faults.end()
    }
}
