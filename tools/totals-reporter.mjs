// A vitest reporter that names what was skipped, so that a missing Pulumi CLI or recording never passes in silence.
export default class TotalsReporter {
  onTestRunEnd(modules) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    const skipped = tests.filter((test) => test.result().state === "skipped");
    if (skipped.length > 0) {
      console.log(`\nSkipped (${skipped.length}):`);
      for (const test of skipped) console.log(`  - ${test.fullName}`);
    }
    const broken = modules.filter(
      (module) => module.state() === "failed" && [...module.children.allTests()].length === 0,
    );
    console.log(`\n${count("passed")} passed, ${count("failed") + broken.length} failed, ${skipped.length} skipped`);
  }
}
