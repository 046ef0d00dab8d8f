public import Documents
internal import FHIR
public import Instruments

/// Instruments of the repository: the demonstration's, its second version, and a small one with all that the language
/// has. The latter two ship as test data.
public enum InstrumentFiles {
    /// 18 items, six factors.
    public static let placeholder = "compose/demo/instrument.json"
    /// Its second version, with a follow-up and another threshold.
    public static let placeholder2 = "Tests/InstrumentsTests/Fixtures/placeholder-2.0.0.json"
    /// Six items: a weighted sum, a reverse-coded item, follow-ups of follow-ups, whole numbers, Booleans.
    public static let kort = "Tests/InstrumentsTests/Fixtures/kort-1.0.0.json"
    /// The small one in Swedish and English.
    public static let twoLanguages = "Tests/InstrumentsTests/Fixtures/tvasprak-1.0.0.json"
    /// All of them but the last, which differs from the small one in its languages alone.
    public static let all = [placeholder, placeholder2, kort]

    /// The published part of a file and everything that is wrong with it.
    public static func read(_ bytes: [UInt8]) throws -> (reading: InstrumentReading?, faults: [DocumentFault]) {
        let reading = DocumentReading(faultsMax: 500)
        let found = reading.read(try FHIR.JSONValue(bytes)) { members -> InstrumentReading? in
            let found = InstrumentReading(&members)
            // What intake reads beside it.
            for name in ["synthetic", "notice", "questionnaire"] where members.has(name) { _ = members.json(name) }
            return found
        }
        return (found, reading.faults)
    }

    /// An instrument of the repository.
    public static func checked(_ path: String) throws -> CheckedInstrument {
        let (reading, faults) = try read(Array(Repository.bytes(path)))
        guard faults.isEmpty, let checked = reading?.checked else { throw Broken(faults: faults) }
        return checked
    }

    /// A file of the repository that is wrong.
    public struct Broken: Error {
        /// In what.
        public let faults: [DocumentFault]
    }
}
