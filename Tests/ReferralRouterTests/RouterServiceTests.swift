import Events
import Foundation
import Runtime
import Support
import Testing

@testable import ReferralRouter

/// The whole service as a process, on a broker inside the test.
@Suite("Referral router as a process", .serialized)
struct RouterServiceTests {
    /// A family whose offer goes to Östersund's family therapist.
    static func family(_ seed: UInt64) throws -> Family {
        var family = Family(seed: seed)
        try family.list()
        try family.talk()
        try family.make()
        try family.decide(.accepted)
        try family.give()
        return family
    }

    @Test("publishes the file's lists once over restarts, and what becomes of offers")
    func ordinary() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let router = try RouterProcess(cluster.bootstrapServers)
        try router.service.start()
        try await router.service.counts { $0["contact-lists"] == 8 && $0["recipients"] == 16 }
        var family = try Self.family(1)
        let sent = family.records
        try await router.publish(sent)
        try await router.service.counts { $0["referrals.requested"] == 1 }
        try await router.stop()
        try family.withdraw()
        try await router.publish(Array(family.records.dropFirst(sent.count)))
        try router.service.start()
        try await router.service.counts { $0["referrals.recalled"] == 1 }
        let lists = try await router.facts(on: .contactLists) { $0.count >= 24 }
        #expect(lists.count == 24)
        let referrals = try await router.facts(on: .referrals) { $0.count >= 2 }
        #expect(referrals.count == 2)
        try await router.stop()
        try router.service.removeData()
    }

    @Test("an offer whose recipient the file lacks goes through at the start with a file that has it")
    func laterFile() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("lists.json")
        try ContactListsFileTests.file(
            recipients: #"{"recipient": "other", "kind": "familyTherapist", \#(ContactListsFileTests.inbox)}"#
        ).write(toFile: path, atomically: true, encoding: .utf8)
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let router = try RouterProcess(cluster.bootstrapServers, environment: ["CONTACT_LISTS_FILE": path])
        try await router.publish(try Self.family(2).records)
        try router.service.start()
        try await router.service.counts { $0["referrals.held.no-recipient"] == 1 }
        try await router.stop()
        try router.service.start(["CONTACT_LISTS_FILE": ContactListsFileTests.demoPath])
        try await router.service.counts { $0["referrals.requested"] == 1 && $0["referrals.held"] == 0 }
        try await router.stop()
        try router.service.removeData()
    }

    @Test("a file with faults ends the process with every fault named, code 78")
    func faultyFile() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("lists.json")
        try "{}".write(toFile: path, atomically: true, encoding: .utf8)
        let router = try RouterProcess("127.0.0.1:1", environment: ["CONTACT_LISTS_FILE": path])
        try router.service.start()
        #expect(try await router.service.ending() == .exited(78))
        #expect(router.service.log.count { $0.hasPrefix(path + "#/") } >= 2)
        try router.service.removeData()
    }

    @Test(
        "no start and no command makes a store or brings one up to date while the file has faults",
        arguments: [[], ["migrate"]])
    func faultyFileAndStore(words: [String]) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("lists.json")
        try "{}".write(toFile: path, atomically: true, encoding: .utf8)
        let ending = try CommandUnderTest(
            "referral-router", words,
            environment: [
                "REGION": "23", "DATA_DIRECTORY": directory.file("data"), "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
                "CONTACT_LISTS_FILE": path,
            ])
        #expect(ending.code == 78 && ending.errors.count { $0.hasPrefix(path + "#/") } >= 2, "\(ending)")
        #expect(try directory.names() == ["lists.json"])
    }

    @Test("a store restored from a backup stops until an operator decides, and then says nothing twice")
    func restored() async throws {
        let keys = "k1:" + String(repeating: "ab", count: 32)
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let router = try RouterProcess(cluster.bootstrapServers, environment: ["BACKUP_KEYS": keys])
        let backup = router.service.dataDirectory + ".backup"
        try await router.publish(try Self.family(3).records)
        try router.service.start()
        try await router.service.counts { $0["referrals.requested"] == 1 }
        try await router.stop()
        #expect(try await router.service.command("backup", backup).code == 0)
        var second = try Self.family(4)
        try second.answer(.accepted)
        try await router.publish(second.records)
        try router.service.start()
        try await router.service.counts { $0["referrals.requested"] == 2 && $0["referrals.state.accepted"] == 1 }
        _ = try await router.facts(on: .referrals) { $0.count >= 3 }
        try await router.stop()
        #expect(try await router.service.command("restore", backup).code == 0)
        try router.service.start()
        #expect(try await router.service.ending() == .exited(65))
        let decided = try await router.service.command("recover", "rolled-back")
        #expect(decided.code == 0, "\(decided.lines)")
        try router.service.start()
        let counts = try await router.service.counts {
            $0["inbox.records"] == 11 && $0["referrals.state.accepted"] == 1
        }
        #expect(counts["said.referral.requested"] == 2 && counts["said.referral.changed"] == 1)
        try await router.stop()
        try FileManager.default.removeItem(atPath: backup)
        try router.service.removeData()
    }
}
