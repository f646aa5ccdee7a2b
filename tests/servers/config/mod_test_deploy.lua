-- SPDX-FileCopyrightText: 2026 The Ridealong authors
-- SPDX-License-Identifier: Apache-2.0
-- An ad-hoc command with a form, which everybody may run: Deploy.
module:depends("adhoc");
local new = module:require("adhoc").new;
local dataforms = require("util.dataforms");

local form = dataforms.new({
  title = "Deploy";
  instructions = "Choose what to deploy";
  { name = "FORM_TYPE"; type = "hidden"; value = "urn:test:deploy" };
  { name = "env"; type = "list-single"; label = "Environment"; required = true; options = { "staging"; "production" }; value = "staging" };
  { name = "force"; type = "boolean"; label = "Force"; value = false };
});

local function deploy(_, data, state)
  if data.action == "cancel" then
    return { status = "canceled" };
  end
  if not state then
    return { status = "executing"; actions = { "next"; "complete"; default = "complete" }; form = form }, true;
  end
  local fields, errors = form:data(data.form);
  if errors then
    return { status = "completed"; error = { message = "bad form" } };
  end
  return { status = "completed"; info = "deployed to " .. fields.env };
end

module:provides("adhoc", new("Deploy", "urn:test:deploy", deploy, "any"));
