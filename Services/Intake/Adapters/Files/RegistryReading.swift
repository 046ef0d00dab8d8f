internal import Delivery
internal import Documents
internal import Events
internal import FHIR

extension Registry {
    /// Reads the files of reference data whole.
    /// - Throws: every fault of every file (exit code 78).
    init(registryFile: String, instrumentFiles: [String]) throws(ServiceFault) {
        var faults = FileFaults()
        let file = faults.read(registryFile, RegistryFile.init)
        var instruments: [Instrument] = []
        for path in instrumentFiles {
            guard let read = faults.read(path, InstrumentFile.init)?.instrument else { continue }
            if instruments.contains(where: {
                $0.id == read.id || $0.questionnaire.canonical == read.questionnaire.canonical
            }) {
                faults.add(path, at: "#/version", "the same version stands in an earlier file")
            }
            instruments.append(read)
        }
        try faults.end()
        guard let file else { throw ServiceFault(description: "\(registryFile) holds nothing", exitCode: 78) }
        self.init(
            version: file.version, units: file.units, slots: file.slots, slotsAreSynthetic: file.isSynthetic,
            instruments: instruments)
    }
}

extension FileFaults {
    /// A file is corrected by whoever wrote it, in one go.
    private static let faultsOfFileMax = 500

    fileprivate mutating func read<Document>(_ path: String, _ read: (inout Members) -> Document?) -> Document? {
        guard let json = json(of: path) else { return nil }
        let reading = DocumentReading(faultsMax: Self.faultsOfFileMax)
        let document = reading.read(json, read)
        add(path, reading.faults)
        return document
    }
}
