internal import Documents
internal import Events
internal import FHIR
internal import Instruments

extension Registry {
    /// Reads the files of reference data whole.
    /// - Throws: every fault of every file.
    init(registryFile: String, instrumentFiles: [String]) throws(FileFaults) {
        var faults = FileFaults()
        let file = faults.read(registryFile, RegistryFile.init)
        var instruments: [Instrument] = []
        for path in instrumentFiles {
            guard let file = faults.read(path, InstrumentFile.init) else { continue }
            let read = Instrument(
                file.checked, isSynthetic: file.isSynthetic, file: path, questionnaire: file.questionnaire)
            if instruments.contains(where: {
                $0.id == read.id || $0.questionnaire.canonical == read.questionnaire.canonical
            }) {
                faults.add(path, at: "#/version", "the same version stands in an earlier file")
            }
            instruments.append(read)
        }
        try faults.end()
        guard let file else {
            faults.add(registryFile, "holds nothing")
            throw faults
        }
        self.init(
            file: registryFile, version: file.version, units: file.units, slots: file.slots,
            slotsAreSynthetic: file.isSynthetic, instruments: instruments)
    }
}
