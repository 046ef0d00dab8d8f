internal import Telemetry

extension Reception {
    /// Runs the handler of a whole request on the cooperative pool, until the request has an answer: the handler's, or
    /// that of its deadline or of a stopping server. In the latter cases the handler is cancelled, and this returns
    /// when it heeds that.
    func handle(_ exchange: Exchange) async {
        // A request that waited past its deadline, or past the stop, is not begun.
        guard let admitted = exchange.admitted, exchange.response == nil else { return }
        work.handlers(1)
        await withTaskGroup { group in
            group.addTask {
                exchange.answer(await self.response(to: exchange, admitted))
                self.work.answered(exchange)
            }
            await exchange.waitForAnswer()
            group.cancelAll()
        }
        work.handlers(-1)
    }

    private func response(to exchange: Exchange, _ admitted: Exchange.Admitted) async -> Response {
        do {
            let caller = try await caller(of: exchange, admitted)
            let request = Request(
                // A method that no route has was refused at the headers.
                method: admitted.entry.route.method, path: exchange.head.path, parameters: admitted.parameters,
                query: exchange.head.query, headers: exchange.head.headers, body: exchange.body, caller: caller,
                trace: exchange.trace)
            return try await admitted.entry.route.handler(request)
        } catch let problem as Problem {
            return exchange.errors.response(to: problem)
        } catch is CancellationError {
            return exchange.errors.response(to: .unavailable("The request was given up.", retryAfter: .seconds(1)))
        } catch {
            telemetry.noteFailure(error, in: exchange)
            return exchange.errors.response(to: Problem(status: 500))
        }
    }

    /// The caller by token or certificate, else by sign-in, then held against the route's access.
    private func caller(of exchange: Exchange, _ admitted: Exchange.Admitted) async throws -> Caller {
        if let caller = admitted.caller { return caller }
        guard let person = try await signIn?.caller(presenting: exchange.head.headers) else {
            throw Problem.unauthorized
        }
        guard admitted.entry.route.access.admits(person, parameters: admitted.parameters) else {
            throw Problem.forbidden
        }
        return person
    }
}
