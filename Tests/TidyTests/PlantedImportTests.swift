import Testing

@Suite("A planted violation of the imports is found")
struct PlantedImportTests {
    @Test(
        "where a module reaches upwards, sideways, to another service, to C or to a package",
        arguments: [
            ("Shared/Runtime/A.swift", "Telemetry"), ("Shared/Store/A.swift", "Kafka"),
            ("Shared/Telemetry/Deep/A.swift", "Configuration"), ("Shared/FHIR/A.swift", "Events"),
            ("Services/Intake/A.swift", "Scoring"), ("Services/Intake/A.swift", "CSQLite"),
            ("Shared/Events/A.swift", "COpenSSL"), ("Shared/Delivery/A.swift", "CRdKafka"),
            ("Services/Intake/A.swift", "NIOCore"), ("Shared/Store/A.swift", "Testing"),
            ("Tests/KafkaTests/A.swift", "CRdKafka"), ("Tests/ChainTests/A.swift", "Intake"),
            ("Tests/ScoringTests/A.swift", "Intake"), ("Shared/Unknown/A.swift", "Runtime"),
            ("Stray/Folder/A.swift", "Runtime"), ("Stray.swift", "Runtime"),
        ])
    func levels(path: String, module: String) {
        let violations = ImportRules.levels(SourceFile(path, "// A comment.\ninternal import \(module)\n"))
        #expect(violations.map(\.line) == [2])
        #expect(violations.map(\.path) == [path])
    }

    @Test(
        "and what is allowed is not",
        arguments: [
            ("Shared/Kafka/A.swift", "CRdKafka"), ("Shared/Kafka/A.swift", "Configuration"),
            ("Services/Intake/A.swift", "Delivery"), ("Shared/Runtime/A.swift", "Synchronization"),
            ("Tests/IntakeTests/A.swift", "Intake"), ("Tests/DevelopmentBroker/A.swift", "CRdKafka"),
            ("Tests/StoreTests/A.swift", "Support"), ("Tests/StoreTests/A.swift", "Testing"),
            ("Tests/FamiliesTests/A.swift", "Families"),
        ])
    func allowed(path: String, module: String) {
        #expect(ImportRules.levels(SourceFile(path, "@testable import \(module)\n")) == [])
    }

    @Test("in whatever form the import is written")
    func forms() {
        let text = """
            public import Kafka
            @testable @preconcurrency import Kafka
            internal import struct Kafka.TopicPartition
            // import Kafka
            let text = "import Kafka"
            """
        #expect(ImportRules.levels(SourceFile("Shared/Store/A.swift", text)).map(\.line) == [1, 2, 3])
    }

    @Test("where shipped code doesn't say who sees an import")
    func access() {
        let text = "import Foundation\npublic import Runtime\n@preconcurrency import Dispatch\n"
        #expect(ImportRules.access(SourceFile("Services/Intake/A.swift", text)).map(\.line) == [1, 3])
        #expect(ImportRules.access(SourceFile("Tests/IntakeTests/A.swift", text)) == [])
    }

    @Test("where Store and Kafka meet outside Delivery, be it in two files")
    func storeBesideKafka() {
        func files(_ folder: String) -> [SourceFile] {
            [
                SourceFile("\(folder)/A.swift", "internal import Store\n"),
                SourceFile("\(folder)/B.swift", "\ninternal import Kafka\n"),
            ]
        }
        let found = ImportRules.storeBesideKafka(files("Services/Intake") + files("Shared/Delivery"))
        #expect(found.map(\.path) == ["Services/Intake/B.swift"])
        #expect(found.map(\.line) == [2])
    }
}
