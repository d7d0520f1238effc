import { expect, test } from "vitest";
import { decodeBase32, totp } from "../../../provider/client/totp.ts";

/** "12345678901234567890", the key of RFC 6238's table in base32. */
const KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

// The table gives eight digits; six-digit codes are their last six.
test.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
])("gives the code of RFC 6238 at %i s", (seconds, code) => {
  expect(totp(KEY, seconds * 1000)).toBe(code);
});

test("reads base32 as authenticator apps show it", () => {
  expect(decodeBase32("gezd gnbv-GY3T QOJQ====").toString()).toBe("1234567890");
});

test.each(["", "287082", "not base32!", "A"])("refuses %j without repeating it", (text) => {
  expect(() => decodeBase32(text)).toThrow(
    /^the TOTP secret is not base32 \(letters A-Z and digits 2-7\)\n {2}Give the secret that the two-factor set-up showed as text beside its QR code, not a six-digit code\.$/,
  );
});
