/** How a document's resources are named in the state. Frozen: the component and the document's own run make the same. */

export const WORKSPACE_TYPE = "rocketchat:components:Workspace";

/** Under the workspace's name, because two workspaces of one program may both have an "alice". */
export const childName = (workspace: string, entry: string): string => `${workspace}/${entry}`;
