import { describe, expect, it } from "vitest";
import { isOfServer, isSecretSetting } from "../../../../provider/kinds/setting/schema.ts";

describe("a setting's id", () => {
  it("tells what a server keeps about itself, and what nobody else may see", () => {
    for (const id of ["uniqueID", "Federation_Matrix_hs_token", "Federation_Matrix_registration_file"])
      expect(isOfServer(id), id).toBe(true);
    for (const id of ["SMTP_Password", "Federation_Matrix_registration_file"])
      expect(isSecretSetting(id), id).toBe(true);
    for (const id of ["Site_Name", "Federation_Matrix_enabled"]) {
      expect(isOfServer(id), id).toBe(false);
      expect(isSecretSetting(id), id).toBe(false);
    }
  });
});
