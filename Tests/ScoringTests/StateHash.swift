import Cryptography
import Delivery
import Events
import Foundation
import Runtime
import Store
import Telemetry

@testable import Scoring

/// One number for what a scoring store has come to: outcomes with their places in the courses and the revisions as
/// others hold them, forms that were taken back, and parked records with why they are.
enum StateHash {
    static func hex(in scope: ReadScope) throws -> String {
        var lines = try scope.all(
            """
            SELECT 'scored', hex(screening), hex(child), hex(respondent), age_days, form_revision, outcome_revision,
                instrument, ruled_by, hex(digest), content FROM scored ORDER BY screening
            """
        ) { row in (0..<11).map { row.text($0) }.joined(separator: " ") }
        lines += try scope.all(
            """
            SELECT 'retracted', hex(screening), hex(child), form_revision, outcome_revision, reason
            FROM retracted ORDER BY screening
            """
        ) { row in (0..<6).map { row.text($0) }.joined(separator: " ") }
        lines += try scope.all("SELECT 'parked', hex(id), state, reason FROM parked ORDER BY id") { row in
            (0..<4).map { row.text($0) }.joined(separator: " ")
        }
        return SHA256.hash(Array(lines.joined(separator: "\n").utf8)).hexText
    }

    /// Of a service that doesn't run.
    static func hex(ofStoreIn dataDirectory: String) async throws -> String {
        let store = try await Store.open(
            DataDirectory(locking: dataDirectory), migrations: ScoringService.definition.allMigrations
        ) { _ in }
        let hash = try await store.read { try hex(in: $0) }
        await store.close()
        return hash
    }
}
