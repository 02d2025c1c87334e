import Accounts
import Docket
import Hummingbird
import Procedure
import Storage

extension Problem {
    /// The one place where errors become answers. Nil: an error nobody foresaw, a 500 whose details stay in the log.
    init?(describing error: any Error, now: Instant) {
        switch error {
        case let problem as Problem: self = problem
        case let source as any ProblemSource: self = source.problem
        case let refusal as Refusal: self.init(refusal)
        case let errors as FormErrors: self.init(errors)
        case is NotSignedIn: self = .notSignedIn
        case is Forbidden: self = .forbidden
        // What its owner had erased is no longer there for anyone.
        case is NotFound, is NoSuchDocket, KeyVaultError.destroyed: self = .notFound
        case let refused as SecondFactorRefused: self.init(FormErrors("code", refused.reason))
        case let refused as SignInRefused: self.init(FormErrors("name", refused.reason))
        case let refused as CodeRefused: self.init(FormErrors("code", refused.reason))
        case is DocketMovedOn: self = .stale([])
        case is IdempotencyKeyReused: self = .keyReused
        case is EntryFailure: self = .unavailable(seconds: 60)
        // The court was told to stop while this waited its turn.
        case is CancellationError: self = .unavailable(seconds: 5)
        case StorageError.busy, StorageError.full, StorageError.readOnly: self = .unavailable(seconds: 5)
        case StorageError.gone: self = .outcomeUnknown
        case is SecondFactorNeeded: self = .secondFactorNeeded
        case let attempts as TooManyAttempts:
            self = .tooMany(seconds: Int(max(1_000, attempts.retryAt.milliseconds - now.milliseconds) / 1_000))
        case let many as TooMany: self = .tooMany(seconds: many.retryAfterSeconds)
        case let malformed as Malformed: self = .malformed(malformed.reason)
        case let stale as Stale: self = .stale(stale.changes)
        case let unavailable as Unavailable: self = .unavailable(seconds: unavailable.retryAfterSeconds)
        case let large as TooLarge: self = .tooLarge(maximumBytes: large.maximumBytes)
        case is ForeignForm: self = .foreignForm
        case is NotThisMethod: self = .notThisMethod
        case is DecodingError: self = .malformed(Words("请求内容的格式不正确。", "The request's content has the wrong form."))
        case let http as any HTTPResponseError: self.init(status: http.status)
        default: return nil
        }
    }

    /// What the rules declined, unchanged: their code, article, reason and remedy.
    package init(_ refusal: Refusal) {
        self.init(
            .unprocessableContent, code: refusal.code, article: refusal.article, reason: refusal.reason,
            remedy: refusal.remedy, errors: refusal.fields.map { FieldError($0, refusal.reason) })
    }

    package init(_ errors: FormErrors) {
        self.init(
            .unprocessableContent, code: "form.incomplete",
            reason: Words("有内容需要改正。", "Some answers need another look."),
            remedy: Words(
                "请按下列提示改正后再次提交，已填写的内容都保留着。", "Correct what is listed and send again. What you typed is kept."),
            errors: errors.errors)
    }

    private init?(status: HTTPResponse.Status) {
        switch status {
        case .notFound: self = .notFound
        case .contentTooLarge: self = .tooLarge(maximumBytes: nil)
        case .unauthorized: self = .notSignedIn
        case .forbidden: self = .forbidden
        case .serviceUnavailable: self = .unavailable(seconds: 5)
        default:
            guard status.kind == .clientError else { return nil }
            self = .malformed(Words("请求内容的格式不正确。", "The request's content has the wrong form."))
        }
    }

    static let keyReused = Problem(
        .unprocessableContent, code: "idempotency.key-reused",
        reason: Words("这个重复请求标识已用于另一项请求。", "This idempotency key was used for another request."),
        remedy: Words("请换一个新的标识后重新提交。", "Send it again under a new key."))

    static let notSignedIn = Problem(
        .unauthorized, code: "session.none",
        reason: Words("您尚未登录，或登录已经到期。", "You are not signed in, or your session has ended."),
        remedy: Words("请登录后继续，已填写的内容都保留着。", "Sign in to go on. What you typed is kept."),
        wayOut: WayOut(Words("登录", "Sign in"), path: "/sign-in"))

    static let forbidden = Problem(
        .forbidden, code: "permission.denied",
        reason: Words("您的身份不能进行此操作。", "This step is not yours to take in this matter."),
        remedy: Words("如认为有误，请联系本院诉讼服务中心。", "If you think this is wrong, ask the court's service counter."))

    package static let notFound = Problem(
        .notFound, code: "not-found", reason: Words("没有找到这个页面。", "There is no such page."),
        remedy: Words("请检查地址，或从首页重新进入。", "Check the address, or start from the home page."))

    static let secondFactorNeeded = Problem(
        .forbidden, code: "session.second-factor-needed", reason: SecondFactorNeeded().reason,
        remedy: Words("请重新输入动态口令，然后继续。", "Enter a fresh one-time code, then go on."),
        wayOut: WayOut(Words("输入动态口令", "Enter the code"), path: "/step-up"))

    static func tooMany(seconds: Int) -> Problem {
        Problem(
            .tooManyRequests, code: "too-many", reason: Words("请求过于频繁。", "Too many requests in a short time."),
            remedy: Words(
                "请等候\(seconds)秒后再试，已填写的内容都保留着。", "Wait \(seconds) seconds and try again. What you typed is kept."),
            retryAfterSeconds: seconds)
    }

    static func malformed(_ reason: Words) -> Problem {
        Problem(
            .badRequest, code: "malformed", reason: reason,
            remedy: Words("请返回上一页重试；如仍有问题，请联系本院。", "Go back and try again. If it happens again, tell the court."))
    }

    static func stale(_ changes: [Words]) -> Problem {
        Problem(
            .conflict, code: "stale", reason: Words("您查看之后，内容已有变化。", "Something has changed since you looked."),
            remedy: Words("请看过变化后再决定。", "Look at what changed, then decide."), changes: changes)
    }

    /// The line to the database broke, perhaps in the very moment of the commit.
    static let outcomeUnknown = Problem(
        .serviceUnavailable, code: "outcome-unknown",
        reason: Words("系统与数据库的连接中断，此操作可能没有完成。", "The line to the database broke. This step may not have been done."),
        remedy: Words("请稍候再次提交同一内容，不会重复办理。", "Send the same again in a moment. It is not done twice."),
        retryAfterSeconds: 5)

    static func unavailable(seconds: Int) -> Problem {
        Problem(
            .serviceUnavailable, code: "unavailable",
            reason: Words("系统暂时无法完成此操作，没有任何内容被写入。", "The system cannot do this right now. Nothing was written."),
            remedy: Words("请稍候再试，已填写的内容都保留着。", "Try again in a moment. What you typed is kept."),
            retryAfterSeconds: seconds)
    }

    static func tooLarge(maximumBytes: Int?) -> Problem {
        let zh = maximumBytes.map { "最多\(Voice(.chinese).bytes($0))" } ?? "请分成较小的部分"
        let en = maximumBytes.map { "The limit is \(Voice(.english).bytes($0))" } ?? "Send smaller parts"
        return Problem(
            .contentTooLarge, code: "too-large", reason: Words("发送的内容太大。", "What was sent is too large."),
            remedy: Words("\(zh)。", "\(en)."))
    }

    static let foreignForm = Problem(
        .forbidden, code: "form.expired",
        reason: Words("这个页面打开太久，或不是由本系统打开的。", "This page has expired, or was not opened from this court's own site."),
        remedy: Words("请核对下面的内容后再次发送。", "Check what you typed below and send it again."))

    static let notThisMethod = Problem(
        .methodNotAllowed, code: "method",
        reason: Words("这个地址不支持该请求方式。", "This address does not take that kind of request."),
        remedy: Words("请从首页重新进入。", "Start from the home page."))

    /// What a person is told when something broke that nobody foresaw.
    static let unforeseen = Problem(
        .internalServerError, code: "unforeseen",
        reason: Words("系统出现意外故障，本院已有记录。", "Something went wrong on our side. It has been recorded."),
        remedy: Words(
            "请稍后再试；如仍有问题，请把下面的编号告诉本院。", "Try again later. If it happens again, give the court the number below."),
        retryAfterSeconds: nil)
}
