import Events
import Foundation
import HTTPClient
import HTTPServer
import Runtime
import Support
import Testing

@testable import Delivery
@testable import Notifier

@Suite("The notifier's public port")
struct PublicPortTests {
    private func port() async throws -> PublicPort {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await desk.apply(try Story(1).whole())
        try await desk.turn()
        return try PublicPort(desk: desk)
    }

    @Test("takes an answer, and the same again alike")
    func answers() async throws {
        try await port().serving { caller in
            let first = try await caller.answer(Story(1).referral.text, #"{"answer":"accepted"}"#)
            #expect(first.status == 200)
            let again = try await caller.answer(Story(1).referral.text, #"{"answer":"accepted"}"#)
            #expect(again.body == first.body)
        }
    }

    @Test("two answers in the same instant are two revisions of one fact")
    func race() async throws {
        let port = try await port()
        try await port.serving { caller in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for answer in ["accepted", "in-progress", "accepted", "in-progress"] {
                    group.addTask {
                        let body = #"{"answer":"\#(answer)"}"#
                        let response = try await caller.answer(Story(1).referral.text, body)
                        #expect(response.status == 200)
                    }
                }
                try await group.waitForAll()
            }
        }
        let said = try await port.desk.events(ReferralAnswered.self)
        #expect(said.map(\.common.revision) == Array(1...said.count))
        #expect(zip(said, said.dropFirst()).allSatisfy { $0.body.answer != $1.body.answer })
    }

    @Test("nobody without token, role or scope; an unknown referral like a foreign one")
    func access() async throws {
        try await port().serving { caller in
            let body = #"{"answer":"accepted"}"#
            #expect(try await caller.answer(Story(1).referral.text, body, as: nil).status == 401)
            #expect(try await caller.answer(Story(1).referral.text, body, as: "nobody").status == 401)
            #expect(try await caller.answer(Story(1).referral.text, body, as: "nurse").status == 403)
            let foreign = try await caller.answer(Story(1).referral.text, body, as: "worker")
            let unknown = try await caller.answer(Story(9).referral.text, body)
            let noID = try await caller.answer("1", body)
            #expect(foreign.status == 403)
            #expect(foreign.body == unknown.body && unknown.body == noID.body)
        }
    }

    @Test("refuses what it can't read, naming the place")
    func malformed() async throws {
        try await port().serving { caller in
            let id = Story(1).referral.text
            #expect(try await caller.answer(id, #"{"answer":"#).status == 400)
            #expect(try await caller.answer(id, "answer=accepted", contentType: "text/plain").status == 415)
            #expect(try await caller.answer(id, String(repeating: " ", count: 5_000)).status == 413)
            let wrong = try await caller.answer(id, #"{"answer":"already-known"}"#)
            #expect(wrong.status == 422)
            let text = String(decoding: wrong.body, as: UTF8.self)
            #expect(text.contains("#/answer") && !text.contains("already-known"))
        }
    }

    @Test("takes no answer while the broker has not taken what was said")
    func full() async throws {
        let port = try await port()
        port.backlog.saw(rows: 10, unpublished: 10, oldest: nil, stopped: [:])
        try await port.serving { caller in
            let refused = try await caller.answer(Story(1).referral.text, #"{"answer":"accepted"}"#)
            #expect(refused.status == 503)
            #expect(refused.header("retry-after") == "5")
        }
        #expect(try await port.desk.events(ReferralAnswered.self).isEmpty)
    }

    @Test("shows the inbox only on a fresh view")
    func inbox() async throws {
        let port = try await port()
        try await port.serving { caller in
            #expect(try await caller.get("/v1/inbox").status == 503)
            port.seeEnds()
            let page = try JSONDecoder().decode(
                ReadInbox.Page.self, from: Data(try await caller.get("/v1/inbox?after=0").body))
            #expect(page.entries.map(\.data.referenceNumber) == ["JH-1"])
            #expect(try await caller.get("/v1/inbox?after=\(page.next)").status == 200)
            for cursor in ["x", "-1", "1.5"] {
                #expect(try await caller.get("/v1/inbox?after=\(cursor)").status == 400)
            }
            port.desk.clock.move(.seconds(61))
            #expect(try await caller.get("/v1/inbox").status == 503)
        }
    }

    @Test("the OpenAPI document describes the routes, their roles and what they take")
    func described() async throws {
        let document = try JSONDecoder().decode(
            JSONValue.self, from: try Repository.bytes("Services/Notifier/openapi.json"))
        let port = try await port()
        var described: Set<String> = []
        for (path, item) in document["paths"]?.members ?? [:] {
            for (method, operation) in item.members {
                let roles = operation["x-roles"]?.elements.compactMap(\.text).sorted() ?? []
                let media = operation["requestBody"]?["content"]?.members.keys.sorted() ?? []
                described.insert("\(method.uppercased()) \(path) \(roles) \(media)")
            }
        }
        let routes = port.routes.group.routes.map { route in
            var roles: [String] = []
            if case .roles(let allowed, _) = route.access { roles = allowed.map(\.rawValue).sorted() }
            return "\(route.method.rawValue) \(route.pattern) \(roles) \(route.accepts.sorted())"
        }
        #expect(described == Set(routes))
        let codes = document["components"]?["schemas"]?["Answer"]?["properties"]?["answer"]?["enum"]?.elements
        #expect(codes?.compactMap(\.text) == ReferralAnswer.allCases.map(\.rawValue))
        let reasons = document["components"]?["schemas"]?["Answer"]?["properties"]?["reason"]?["enum"]?.elements
        #expect(
            Set(reasons?.compactMap(\.text) ?? []) == Set(ReferralAnswer.allCases.flatMap(FeedbackRule.reasons)))
        try await port.serving { caller in
            let served = try await caller.get("/openapi.json")
            #expect(try JSONDecoder().decode(JSONValue.self, from: Data(served.body)) == document)
        }
    }
}
