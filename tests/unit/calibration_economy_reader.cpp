#include <gtest/gtest.h>

#include <algorithm>

#include "calibration/economy_names.hpp"
#include "calibration/economy_reader.hpp"
#include "tests/unit/model_economies.hpp"

namespace levee {
namespace {

using test::economy_from;

const std::string sound = R"yaml(title: a test
parameters: {t: 0.1, half: "1/2"}
commodities: {X: {start: 2}, "Y-1": {}, L: {}}
activities:
  - name: make
    start: 3
    outputs: {cet: 0, of: {X: 10}}
    inputs:
      ces: "half + 1"
      of:
        L: {quantity: "5*t", price: 1.2, tax: [{rate: t, to: h}, {rate: "t*price(L)", to: g}], charges: [{amount: 1, to: g}]}
        nest: {ces: 0, of: {own: {commodity: X, quantity: 1}, X: 2, "Y-1": 3}}
agents:
  - {name: h, endowments: {L: 5, X: "-t", "Y-1": 3}, demand: {ces: 1, of: {X: 4}}}
  - {name: g}
transfers: [{from: h, to: g, amount: "quantity(make.outputs.X) + quantity(h.X)*income(g)"}]
auxiliaries: [{name: u, lower: "t - 1", equation: "auxiliary(u) + quantity(make.own) - quantity(make.inputs.nest.Y-1)"}]
benchmark: false
fixed: {price(X): 1, auxiliary(u): t}
counterfactuals:
  - {name: a, set: {t: "t + 1"}}
  - {name: b, set: {half: 1}, from: previous, fixed: {income(h): 3, level(make): "2*t"}}
)yaml";

TEST(EconomyReader, ReadsTheWholeGrammar) {
  const EconomyFile file = economy_from(sound);
  const Economy& economy = file.economy;
  EXPECT_EQ(economy.name, "a test");
  EXPECT_FALSE(economy.benchmark);
  EXPECT_DOUBLE_EQ(economy.parameters[1].value, 0.5);
  EXPECT_EQ(economy.commodities[0].start, 2);
  EXPECT_EQ(economy.activities[0].start, 3);
  EXPECT_EQ(economy.activities[0].inputs.size(), 6);
  EXPECT_EQ(economy.wedges.size(), 3u);
  EXPECT_EQ(economy.wedges[2].kind, Wedge::Kind::specific);
  EXPECT_TRUE(economy.auxiliaries[0].bounded);
  EXPECT_TRUE(economy.agents[1].demand.empty());
  EXPECT_EQ(economy.node_where.size(), economy.nodes.size());
  EXPECT_EQ(economy.node_where[3].line, 11) << "the leaf L, at its value";
  EXPECT_EQ(economy.fixed.size(), 2u);
  ASSERT_EQ(file.counterfactuals.size(), 2u);
  EXPECT_FALSE(file.counterfactuals[0].replaces_fixed);
  EXPECT_TRUE(file.counterfactuals[1].from_previous);
  EXPECT_EQ(file.counterfactuals[1].fixed[0].what.kind, ReferenceKind::income);
}

TEST(EconomyReader, NamesOfLeaves) {
  const EconomyFile file = economy_from(sound);
  const LeafNames names(file.economy);
  EXPECT_EQ(names.find("make.X").size(), 2u) << "made and used";
  EXPECT_EQ(names.name(1), "make.outputs.X");
  EXPECT_EQ(names.name(5), "make.own");
  EXPECT_EQ(names.name(6), "make.inputs.nest.X");
  EXPECT_EQ(names.name(7), "make.Y-1");
}

TEST(EconomyReader, TheFirstPriceIsFixedUnlessSaid) {
  const EconomyFile file = economy_from(R"yaml(
commodities: {X: {start: 4}, L: {}}
agents: [{name: h, endowments: {L: 1, X: 1}, demand: {ces: 1, of: {X: 1, L: 1}}}]
)yaml");
  ASSERT_EQ(file.economy.fixed.size(), 1u);
  EXPECT_EQ(file.economy.fixed[0].what.kind, ReferenceKind::price);
  EXPECT_EQ(file.economy.fixed[0].value.value, 4);
}

struct Fault {
  const char* from;  ///< text of the sound file
  const char* to;    ///< what replaces it
  int line;
  const char* message;
};

class Faults : public testing::TestWithParam<Fault> {};

TEST_P(Faults, AreLocated) {
  std::string text = sound;
  const auto at = text.find(GetParam().from);
  ASSERT_NE(at, std::string::npos) << GetParam().from;
  text.replace(at, std::string(GetParam().from).size(), GetParam().to);
  try {
    economy_from(text);
    ADD_FAILURE() << "accepted: " << GetParam().to;
  } catch (const InputError& error) {
    // one fault may make others, where the name it hides is used
    const auto& list = error.diagnostics();
    const auto expected = std::find_if(list.begin(), list.end(), [](const Diagnostic& diagnostic) {
      return diagnostic.where.line == GetParam().line &&
             diagnostic.message.find(GetParam().message) != std::string::npos;
    });
    ASSERT_NE(expected, list.end()) << error.what();
    EXPECT_FALSE(expected->excerpt.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    EconomyReader, Faults,
    testing::Values(
        Fault{"title:", "titel:", 1, "did you mean 'title'"},
        Fault{"t: 0.1", "t: x", 2, "found the name 'x', expected a number"},
        Fault{"t: 0.1", "2t: 0.1", 2, "expected letters"}, Fault{"start: 2", "start: -2", 3, "expected a number >= 0"},
        Fault{"start: 2", "begin: 2", 3, "unknown key 'begin'"},
        Fault{"L: {}}", "L: {}, M: {}}", 3, "nobody buys or sells 'M'"},
        Fault{"start: 3", "start: -3", 6, "start level of make"},
        Fault{"X: 10", "X: -10", 7, "quantity of X in make is -10"},
        Fault{"cet: 0", "ces: 0", 7, "found 'ces' in make, expected 'cet' in outputs"},
        Fault{"cet: 0, of", "of", 7, "missing key 'cet'"}, Fault{"{cet: 0, of: {X: 10}}", "X", 7, "expected a nest"},
        Fault{"{X: 10}", "{X: }", 7, "missing quantity of X"}, Fault{"{X: 10}", "{}", 7, "at least one entry"},
        Fault{"half + 1", "-1", 9, "elasticity of inputs in make is -1"},
        Fault{"half + 1", "half - 1", 9, "elasticity of inputs in make is -0.5 ('half - 1')"},
        Fault{"half + 1", "price(X)", 9, "depends on more than parameters"},
        Fault{"5*t", "5*s", 11, "no parameter or auxiliary 's'"}, Fault{"5*t", "5*price(Z)", 11, "no commodity 'Z'"},
        Fault{"5*t", "5*L", 11, "did you mean price(L)?"}, Fault{"5*t", "5*levle(make)", 11, "did you mean 'level'"},
        Fault{"price: 1.2", "price: 0", 11, "expected a number > 0"},
        Fault{"rate: t,", "amount: t,", 11, "unknown key 'amount'"},
        Fault{"to: h}, {", "to: hh}, {", 11, "no agent 'hh', did you mean 'h'"},
        Fault{"nest: {ces", "nest: {cet", 12, "found 'cet' in make, expected 'ces'"},
        Fault{"commodity: X", "commodity: Z", 12, "no commodity 'Z'"},
        Fault{"name: g}", "name: h}", 15, "there is another agent 'h'"},
        Fault{"X: \"-t\"", "Z: \"-t\"", 14, "no commodity 'Z'"},
        Fault{"quantity(make.outputs.X)", "quantity(make.X)", 16, "may mean make.outputs.X or make.inputs.nest.X"},
        Fault{"quantity(h.X)", "quantity(h.Y)", 16, "there is no leaf 'h.Y', did you mean 'h.X'"},
        Fault{"to: g, amount", "to: f, amount", 16, "no agent 'f'"},
        Fault{"name: u", "name: t", 17, "'t' is a parameter already"},
        Fault{"benchmark: false", "benchmark: no", 18, "expected true or false"},
        Fault{"price(X): 1,", "price(Z): 1,", 19, "no commodity 'Z'"},
        Fault{"price(X): 1,", "quantity(make.own): 1,", 19, "cannot be fixed"},
        Fault{"price(X): 1,", "", 19, "at least one price or income"},
        Fault{"{t: \"t + 1\"}", "{s: 1}", 21, "no parameter 's'"},
        Fault{"{t: \"t + 1\"}", "{t: \"u\"}", 21, "depends on more than parameters"},
        Fault{"name: b", "name: a", 22, "another counterfactual 'a'"},
        Fault{"previous", "previuos", 22, "did you mean 'previous'"}));

TEST(EconomyReader, AllFaultsAtOnceFromTopToBottom) {
  std::string text = sound;
  for (const auto& [from, to] :
       {std::pair{"X: 10", "X: -10"}, {"5*t", "5*s"}, {"title:", "titel:"}, {"price: 1.2", "price: 0"}}) {
    text.replace(text.find(from), std::string(from).size(), to);
  }
  try {
    economy_from(text);
    ADD_FAILURE();
  } catch (const InputError& error) {
    ASSERT_EQ(error.diagnostics().size(), 4u) << error.what();
    for (std::size_t k = 1; k < 4; ++k) {
      EXPECT_LE(error.diagnostics()[k - 1].where.line, error.diagnostics()[k].where.line);
    }
  }
}

TEST(EconomyReader, ABrokenNestIsReportedOnce) {
  std::string text = sound;
  text.replace(text.find("nest: {ces"), 10, "nest: {cet");
  try {
    economy_from(text);
    ADD_FAILURE();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().size(), 1u) << error.what();
  }
}

TEST(EconomyReader, ColumnsPointIntoExpressions) {
  try {
    economy_from("commodities: {X: {}}\nagents: [{name: h, endowments: {X: \"1 + zz\"}}]\n");
    ADD_FAILURE();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().front().where.column, 41) << error.what();
  }
}

TEST(EconomyReader, TopLevelShapes) {
  EXPECT_THROW(economy_from(""), InputError);
  EXPECT_THROW(economy_from("[1, 2]"), InputError);
  EXPECT_THROW(economy_from("commodities: {}\nagents: []"), InputError);
  EXPECT_THROW(economy_from("commodities: [X]\nagents: []"), InputError);
  EXPECT_THROW(economy_from("commodities: {X: {}}\nagents: [3]"), InputError);
  EXPECT_THROW(economy_from("commodities: {X: {}}\nagents: [{name: h}]\ncounterfactuals: {a: 1}"), InputError);
}

}  // namespace
}  // namespace levee
