/**
 * Pulumi's two gRPC services, ResourceMonitor and Engine, as the program's SDK calls them. Turns messages into calls of
 * the deployment and back; decides nothing.
 */
import * as grpc from "@grpc/grpc-js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import resourceService from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { UnsupportedError } from "../errors.ts";
import type { Severity } from "../events.ts";
import type { Goal, ReadGoal, Registered } from "../goal.ts";
import type { Properties } from "../values.ts";
import { goalOf, propertiesOf, readGoalOf } from "./goals.ts";

/** What the services ask of the runner. A promise that rejects leaves the program without an answer, on purpose. */
export interface Program {
  register(goal: Goal): Promise<Registered>;
  read(goal: ReadGoal): Promise<Registered>;
  registerOutputs(urn: string, outputs: Properties): Promise<void>;
  /** The program came to its end; without this call it did not, whatever its exit code. */
  ended(): void;
  log(severity: Severity, message: string, urn: string): void;
  /** Something that can't be done: ends the run. */
  fail(error: unknown): void;
}

export interface ProgramServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  close(): void;
}

type Call<Request> = grpc.ServerUnaryCall<Request, unknown>;
type Answer<Response> = grpc.sendUnaryData<Response>;

const features = [
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
];
/** The same for SDKs that ask feature by feature. */
const featureNames = new Set(["secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith"]);

export async function serve(program: Program, deployment: { project: string; stack: string }): Promise<ProgramServer> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(resourceService.ResourceMonitorService, monitor(program, deployment));
  server.addService(engineService.EngineService, logger(program));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

function monitor(program: Program, deployment: { project: string; stack: string }): grpc.UntypedServiceImplementation {
  /**
   * An error is never answered: the SDK may take it for a closed monitor and end as if all were well, and what it did not
   * register would be deleted. The run ends instead, and the program with it.
   */
  function answering<Request, Response>(act: (request: Request) => Promise<Response>) {
    return (call: Call<Request>, answer: Answer<Response>) => {
      Promise.resolve()
        .then(() => act(call.request))
        .then(
          (response) => answer(null, response),
          (error) => program.fail(error),
        );
    };
  }
  const refuse = (what: (request: unknown) => string) =>
    answering((request) => {
      throw new UnsupportedError(what(request));
    });

  return {
    getDeploymentInfo: answering(async () => {
      const info = new resource.DeploymentInfo();
      info.setProject(deployment.project);
      info.setStack(deployment.stack);
      info.setSupportedfeaturesList(features);
      return info;
    }),
    supportsFeature: answering(async (request: InstanceType<typeof resource.SupportsFeatureRequest>) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(featureNames.has(request.getId()));
      return response;
    }),
    registerResource: answering(async (request: InstanceType<typeof resource.RegisterResourceRequest>) => {
      const registered = await program.register(goalOf(request));
      const response = new resource.RegisterResourceResponse();
      response.setUrn(registered.urn);
      response.setId(registered.id);
      response.setObject(struct.Struct.fromJavaScript(registered.outputs as never));
      if (registered.missing) response.setResult(resource.Result.FAIL);
      return response;
    }),
    readResource: answering(async (request: InstanceType<typeof resource.ReadResourceRequest>) => {
      const registered = await program.read(readGoalOf(request));
      const response = new resource.ReadResourceResponse();
      response.setUrn(registered.urn);
      response.setProperties(struct.Struct.fromJavaScript(registered.outputs as never));
      return response;
    }),
    registerResourceOutputs: answering(
      async (request: InstanceType<typeof resource.RegisterResourceOutputsRequest>) => {
        await program.registerOutputs(request.getUrn(), propertiesOf(request.getOutputs()));
        return new empty.Empty();
      },
    ),
    signalAndWaitForShutdown: answering(async () => {
      program.ended();
      return new empty.Empty();
    }),
    invoke: refuse((request) => `The function ${(request as { getTok(): string }).getTok()}`),
    call: refuse((request) => `The method ${(request as { getTok(): string }).getTok()}`),
    existsResource: refuse(() => "Asking whether a resource exists"),
    registerStackTransform: refuse(() => "A stack transform"),
    registerStackInvokeTransform: refuse(() => "An invoke transform"),
    registerResourceHook: refuse(() => "A resource hook"),
    registerErrorHook: refuse(() => "An error hook"),
    registerPackage: refuse(() => "A parameterized package"),
  };
}

function logger(program: Program): grpc.UntypedServiceImplementation {
  let root = "";
  const severities: Record<number, Severity | undefined> = {
    [engine.LogSeverity.INFO]: "info",
    [engine.LogSeverity.WARNING]: "warning",
    [engine.LogSeverity.ERROR]: "error",
  };
  return {
    // Debug lines of the SDK hold secrets in clear: they end here.
    log(call: Call<InstanceType<typeof engine.LogRequest>>, answer: Answer<unknown>) {
      const severity = severities[call.request.getSeverity()];
      if (severity) program.log(severity, call.request.getMessage(), call.request.getUrn());
      answer(null, new empty.Empty());
    },
    getRootResource(_call: Call<unknown>, answer: Answer<unknown>) {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      answer(null, response);
    },
    setRootResource(call: Call<InstanceType<typeof engine.SetRootResourceRequest>>, answer: Answer<unknown>) {
      root = call.request.getUrn();
      answer(null, new engine.SetRootResourceResponse());
    },
    startDebugging(_call: Call<unknown>, answer: Answer<unknown>) {
      answer(null, new empty.Empty());
    },
    requirePulumiVersion(_call: Call<unknown>, answer: Answer<unknown>) {
      answer(null, new engine.RequirePulumiVersionResponse());
    },
  };
}
