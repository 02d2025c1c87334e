import Foundation
import Procedure
import Storage

/// What a natural person tells to register (实名注册). Its initialiser is the only check.
package struct Registration: Sendable {
    package let name: String
    package let residentNumber: ResidentNumber
    package let mobile: MobileNumber
    let password: AcceptedPassword

    /// - Throws: a `Refusal` about the field that is wrong.
    package init(name: String, residentNumber: String, mobile: String, password: String) throws(Refusal) {
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...100).contains(name.count),
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw .nameMalformed }
        guard let mobile = MobileNumber(typed: mobile) else { throw .mobileMalformed }
        let typed = residentNumber.precomposedStringWithCompatibilityMapping.filter { !$0.isWhitespace }
        guard let number = ResidentNumber(rawValue: typed) else { throw .residentNumberMalformed }
        self.name = name
        self.residentNumber = number
        self.mobile = mobile
        self.password = try PasswordRules.check(password, about: [name, mobile.digits, number.rawValue])
    }
}

/// What everyone is told who registers, whether or not the number had an account.
package struct RegistrationReceived: Hashable, Sendable {
    package let words = Words(
        "已收到注册。请使用该手机号码登录；如果该号码此前已注册，请使用原密码。",
        "Received. Please sign in with this mobile number; if it was registered before, use the password you had.")
}

extension AccountRegister {
    /// Registers a person, unverified until a clerk has compared the document.
    ///
    /// A number that has an account already gets the same answer after the same work, and nothing changes.
    ///
    /// - Parameters:
    ///   - photographs: of the identity document; may be handed in later with `submitPhotographs`.
    ///   - entering: enters the acts; runs only when there is a new account.
    /// - Throws: `TooManyAttempts`, `PasswordQueueFull`.
    package func register(
        _ registration: Registration, photographs: [FileID], from client: Client,
        entering: @escaping @Sendable (Transaction, Account) throws -> Void = { _, _ in }
    ) async throws -> RegistrationReceived {
        try await store.write { t in try throttle.admit(.address(client, .registration), at: clock(), in: t) }
        let hash = try await hasher.hash(registration.password)
        let new = NewAccount(
            kind: .person, signInName: SignInName(registration.mobile), name: registration.name,
            residentNumber: registration.residentNumber, mobile: registration.mobile)
        try await store.write { t in
            let now = clock()
            let isNew = try insert(new, at: now, in: t)
            try log(.registered, of: isNew ? new.id : nil, from: client, at: now, in: t)
            guard isNew, let account = try account(new.id, in: t) else { return }
            try setPassword(hash, standsAlone: registration.password.standsAlone, of: new.id, at: now, in: t)
            try entering(t, account)
            if !photographs.isEmpty { try openIdentityCheck(of: new.id, photographs: photographs, at: now, in: t) }
        }
        return RegistrationReceived()
    }
}

extension Refusal {
    package static let nameMalformed = Refusal(
        code: "account.name-malformed", article: nil,
        reason: Words("请填写证件上的姓名。", "Give your name as on your document."),
        remedy: Words("请按证件原样填写。", "Copy it from the document."), fields: ["name"])
    /// - Source: Online Litigation Rules art. 7; GB 11643.
    package static let residentNumberMalformed = Refusal(
        code: "account.resident-number-malformed", article: Article(.onlineLitigation, 7),
        reason: Words("公民身份号码有误。", "This is not a valid resident identity number."),
        remedy: Words("请对照身份证核对18位号码。", "Compare the 18 characters with your card."), fields: ["resident_number"])
}
