import Delivery
import Documents
import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Intake

@Suite("A version that scores others again")
struct RescoringCheckTests {
    static func versions(_ claims: [(String, String?)]) throws -> [InstrumentPublished] {
        let registry = try Registry(
            registryFile: IntakeUnderTest.registryFile, instrumentFiles: [IntakeUnderTest.instrumentFile])
        return claims.map { version, rescores in
            var published = registry.instruments[0].published
            published.instrument.version = version
            published.rescores = rescores.map { Rescoring(version: $0, from: CalendarDay("2026-09-01")!) }
            return published
        }
    }

    @Test("names one that is among the files or was published, to the letter")
    func known() throws {
        let versions = try Self.versions([("2", "1.1"), ("3", "2"), ("4", "0.9")])
        let code = versions[0].instrument.code
        #expect(RescoringCheck.faults(of: versions, published: ["\(code)/0.9"]).map(\.index) == [0])
        #expect(RescoringCheck.faults(of: versions, published: ["\(code)/1.1", "\(code)/0.9"]).isEmpty)
        #expect(RescoringCheck.faults(of: versions, published: ["other/1.1", "\(code)/0.9"]).map(\.index) == [0])
    }

    @Test("isn't scored again by the one that it scores, nor round about")
    func circles() throws {
        let faults = RescoringCheck.faults(
            of: try Self.versions([("1", "3"), ("2", "1"), ("3", "2"), ("4", "3"), ("5", nil)]), published: [])
        #expect(faults.map(\.index) == [0, 1, 2])
    }

    @Test("is refused before anything is published, with its file and place")
    func refused() async throws {
        let directory = try TemporaryDirectory()
        let temporary = try await IntakeUnderTest.openStore()
        let path = try RegistryTests.file(
            IntakeUnderTest.instrumentFile, replacing: "\"validFrom\"",
            with: "\"rescores\": {\"version\": \"1.0\", \"from\": \"2026-09-01\"}, \"validFrom\"", in: directory)
        let registry = try Registry(registryFile: IntakeUnderTest.registryFile, instrumentFiles: [path])
        let fault = await #expect(throws: FileFaults.self) {
            try await RegistryTests.publish(registry, in: temporary.store)
        }
        #expect(fault?.description.hasPrefix("\(path)#/rescores/version: ") == true)
        #expect(try await IntakeUnderTest.said(in: temporary.store).isEmpty)
    }
}
