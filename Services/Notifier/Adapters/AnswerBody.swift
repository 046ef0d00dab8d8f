internal import Events
internal import Foundation
internal import HTTPServer
internal import Runtime

/// Reads the body of an answer strictly: a member that isn't known is a fault, and nothing that came in is repeated.
enum AnswerBody {
    static func read(_ body: [UInt8]) throws(Problem) -> GivenAnswer {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(body))
        } catch let problem as Problem {
            throw problem
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
            throw .badRequest("The body is not JSON.")
        } catch let error as DecodingError {
            throw .unprocessable("The body is not an answer.", errors: [fault(error)])
        } catch {
            throw .badRequest("The body is not JSON.")
        }
        var faults: [Problem.Fault] = []
        let code = ReferralAnswer(rawValue: wire.answer)
        if code == nil {
            let codes = ReferralAnswer.allCases.map(\.rawValue).joined(separator: ", ")
            faults.append(Problem.Fault("must be one of \(codes)", at: "#/answer"))
        }
        let times = wire.proposedTimes ?? []
        if times.count > GivenAnswer.proposedTimesMax {
            faults.append(Problem.Fault("at most \(GivenAnswer.proposedTimesMax)", at: "#/proposedTimes"))
        }
        if let code {
            let reasons = FeedbackRule.reasons(for: code)
            if let reason = wire.reason, !reasons.contains(reason) {
                let rule =
                    reasons.isEmpty
                    ? "this answer takes no reason" : "must be one of \(reasons.joined(separator: ", "))"
                faults.append(Problem.Fault(rule, at: "#/reason"))
            }
            if !times.isEmpty, !FeedbackRule.takesTimes(code) {
                faults.append(Problem.Fault("this answer takes no times", at: "#/proposedTimes"))
            }
        }
        guard faults.isEmpty, let code else { throw .unprocessable("The answer breaks a rule.", errors: faults) }
        return GivenAnswer(code: code, reason: wire.reason, proposedTimes: times)
    }

    private struct Wire: Decodable {
        let answer: String
        let reason: String?
        let proposedTimes: [Timestamp]?

        private enum Member: String, CodingKey, CaseIterable {
            case answer, reason, proposedTimes
        }

        private struct AnyMember: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { return nil }
        }

        init(from decoder: any Decoder) throws {
            let all = try decoder.container(keyedBy: AnyMember.self)
            let known = Member.allCases.map(\.rawValue)
            guard all.allKeys.allSatisfy({ known.contains($0.stringValue) }) else {
                throw Problem.unprocessable(
                    "The body has a member that is not known.",
                    errors: [Problem.Fault("has only \(known.joined(separator: ", "))", at: "#")])
            }
            let members = try decoder.container(keyedBy: Member.self)
            answer = try members.decode(String.self, forKey: .answer)
            reason = try members.decodeIfPresent(String.self, forKey: .reason)
            proposedTimes = try members.decodeIfPresent([Timestamp].self, forKey: .proposedTimes)
        }
    }

    private static func fault(_ error: DecodingError) -> Problem.Fault {
        func pointer(_ path: [any CodingKey]) -> String {
            "#" + path.map { "/" + ($0.intValue.map(String.init) ?? $0.stringValue) }.joined()
        }
        return switch error {
        case .keyNotFound(let key, let context):
            Problem.Fault("is missing", at: pointer(context.codingPath + [key]))
        case .valueNotFound(_, let context): Problem.Fault("is missing", at: pointer(context.codingPath))
        case .typeMismatch(_, let context): Problem.Fault("has the wrong JSON type", at: pointer(context.codingPath))
        case .dataCorrupted(let context): Problem.Fault("has a wrong form", at: pointer(context.codingPath))
        @unknown default: Problem.Fault("can't be read", at: "#")
        }
    }
}
