#include "calibration/economy_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <stdexcept>

#include "calibration/economy_names.hpp"
#include "calibration/economy_scalars.hpp"
#include "data/schema.hpp"

namespace levee {

namespace {

using Rule = EconomyScalars::Rule;

/// Reads one file: entities and trees first, then, with all names known, scalars, fixed values and counterfactuals.
class Reader {
 public:
  explicit Reader(const YamlView& document) : document_(document), scalars_(file_.economy, faults_) {}

  EconomyFile read() {
    file_.where = document_.where();
    if (!document_.is_map()) throw document_.error("expected a map with the keys commodities, activities and agents");
    faults_.guard([&] { document_.only_keys(schema_keys("economy")); });
    read_names();
    read_activities();
    read_agents();
    read_auxiliaries();
    read_transfers();
    names_ = std::make_unique<EconomyNames>(economy_, leaves_complete_);
    read_fixed();
    read_counterfactuals();
    scalars_.settle(*names_);
    check_commodities_used();
    throw_in_order();
    return std::move(file_);
  }

 private:
  void read_names();
  void read_commodities();
  void read_agent_names();
  void read_activities();
  void read_activity(const YamlView& view);
  void read_agents();
  void read_agent(const YamlView& view, Agent& agent);
  void read_endowment(const std::string& key, const YamlView& view, Agent& agent);
  void read_auxiliaries();
  void read_auxiliary(const YamlView& view);
  void read_transfers();
  void read_fixed();
  std::vector<Fixed> fixed_list(const YamlView& map);
  void read_counterfactuals();
  void read_counterfactual(const YamlView& view);
  void read_changes(const YamlView& map, std::size_t counterfactual);
  void check_commodities_used();
  void throw_in_order() const;

  IndexRange read_tree(const YamlView& view, const std::string& root, const std::string& owner);
  void read_nest(const YamlView& view, const std::string& key, int parent);
  void read_child(const std::string& key, const YamlView& view, int parent);
  void read_leaf(const std::string& key, const YamlView& view, int parent);
  void read_wedges(const YamlView& list, Wedge::Kind kind, const std::string& leaf);

  static std::string name_of(const YamlView& view, const std::string& kind, const std::vector<std::string>& taken);
  int find_agent(const YamlView& view);
  std::vector<YamlView> list_of(const std::string& key);
  void add_node_where(const Location& where) { economy_.node_where.push_back(where); }

  const YamlView& document_;
  EconomyFile file_;
  Economy& economy_ = file_.economy;
  Diagnostics faults_;
  EconomyScalars scalars_;
  std::unique_ptr<EconomyNames> names_;
  std::vector<std::string> commodity_names_, agent_names_;
  std::vector<YamlView> commodity_views_, agent_views_;
  bool leaves_complete_ = true;  ///< no tree, nest or leaf was left out because of a fault
  bool outputs_ = false;         ///< the tree being read is a CET tree
  std::string owner_;            ///< of that tree
};

template <class Entity>
std::vector<std::string> names_of(const std::vector<Entity>& entities) {
  std::vector<std::string> names;
  for (const Entity& entity : entities) names.push_back(entity.name);
  return names;
}

bool is_identifier(const std::string& text) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
         std::all_of(text.begin(), text.end(), fits);
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The items of the list under a key; none when it is absent.
std::vector<YamlView> Reader::list_of(const std::string& key) {
  std::vector<YamlView> items;
  faults_.guard([&] {
    const auto view = document_.find(key);
    if (view && !view->is_null()) items = view->items();
  });
  return items;
}

/// The `name` of an entity, which expressions can refer to and no other of its kind has.
std::string Reader::name_of(const YamlView& view, const std::string& kind, const std::vector<std::string>& taken) {
  const YamlView name_view = view.at("name");
  std::string name = name_view.text();
  if (name.empty() || name.find_first_of("()") != std::string::npos) {
    throw name_view.error(fmt::format("found '{}', expected a name without parentheses", name));
  }
  if (contains(taken, name)) throw name_view.error(fmt::format("there is another {} '{}' above", kind, name));
  return name;
}

void Reader::read_names() {
  faults_.guard([&] {
    if (const auto title = document_.find("title")) economy_.name = title->text();
    if (const auto benchmark = document_.find("benchmark")) economy_.benchmark = benchmark->boolean();
  });
  faults_.guard([&] {
    const auto parameters = document_.find("parameters");
    if (!parameters) return;
    for (const auto& [name, figure] : parameters->entries()) {
      faults_.guard([&, &key = name, &view = figure] {
        if (!is_identifier(key)) {
          throw parameters->key_error(key,
                                      fmt::format("found '{}', expected letters, digits and _ in a parameter", key));
        }
        economy_.add_parameter(key, 0);  // known by name whatever its value is worth
        economy_.parameters.back().value = EconomyScalars::number(view);
      });
    }
  });
  faults_.guard([&] { read_commodities(); });
  leaves_complete_ &= faults_.guard([&] { read_agent_names(); });
}

void Reader::read_commodities() {
  const YamlView commodities = document_.at("commodities");
  if (commodities.entries().empty()) throw commodities.error("expected at least one commodity");
  for (const auto& [name, options] : commodities.entries()) {
    const std::string& key = name;
    const YamlView& view = options;
    if (key.find_first_of("()") != std::string::npos) {
      faults_.add(commodities.key_error(key, fmt::format("found '{}', expected a name without parentheses", key)));
    }
    const int commodity = economy_.add_commodity(key, "");
    commodity_names_.push_back(key);
    commodity_views_.push_back(view);
    faults_.guard([&] {
      view.only_keys(schema_keys("economy/commodity"));
      const auto start = view.find("start");
      if (!start) return;
      auto& value = economy_.commodities[static_cast<std::size_t>(commodity)].start;
      value = EconomyScalars::number(*start);
      if (value < 0) throw start->error(fmt::format("the start price of {} is {}, expected a number >= 0", key, value));
    });
  }
}

/// Agents are named before trees are read, whose taxes are paid to them.
void Reader::read_agent_names() {
  const YamlView agents = document_.at("agents");
  for (const YamlView& view : agents.items()) {
    faults_.guard([&] {
      Agent agent;
      agent.name = name_of(view, "agent", agent_names_);
      economy_.agents.push_back(agent);
      agent_names_.push_back(agent.name);
      agent_views_.push_back(view);
    });
  }
}

void Reader::read_activities() {
  for (const YamlView& view : list_of("activities")) leaves_complete_ &= faults_.guard([&] { read_activity(view); });
}

void Reader::read_activity(const YamlView& view) {
  faults_.guard([&] { view.only_keys(schema_keys("economy/activity")); });
  Activity activity;
  activity.name = name_of(view, "activity", names_of(economy_.activities));
  faults_.guard([&] {
    const auto start = view.find("start");
    if (!start) return;
    activity.start = EconomyScalars::number(*start);
    if (activity.start < 0) {
      throw start->error(
          fmt::format("the start level of {} is {}, expected a number >= 0", activity.name, activity.start));
    }
  });
  leaves_complete_ &=
      faults_.guard([&] { activity.outputs = read_tree(view.at("outputs"), "outputs", activity.name); });
  leaves_complete_ &= faults_.guard([&] { activity.inputs = read_tree(view.at("inputs"), "inputs", activity.name); });
  economy_.activities.push_back(activity);
}

void Reader::read_agents() {
  for (std::size_t h = 0; h < agent_views_.size(); ++h) {
    leaves_complete_ &= faults_.guard([&] { read_agent(agent_views_[h], economy_.agents[h]); });
  }
}

void Reader::read_agent(const YamlView& view, Agent& agent) {
  faults_.guard([&] { view.only_keys(schema_keys("economy/agent")); });
  faults_.guard([&] {
    const auto endowments = view.find("endowments");
    if (!endowments) return;
    const auto entries = endowments->entries();
    agent.endowments.reserve(entries.size());
    for (const auto& [name, figure] : entries) {
      faults_.guard([&, &key = name, &quantity = figure] {
        if (!contains(commodity_names_, key)) {
          throw endowments->key_error(
              key, fmt::format("there is no commodity '{}'{}", key, suggestion(key, commodity_names_)));
        }
        read_endowment(key, quantity, agent);
      });
    }
  });
  if (const auto demand = view.find("demand")) agent.demand = read_tree(*demand, "demand", agent.name);
}

void Reader::read_endowment(const std::string& key, const YamlView& view, Agent& agent) {
  const auto found = std::find(commodity_names_.begin(), commodity_names_.end(), key);
  agent.endowments.push_back({static_cast<int>(found - commodity_names_.begin()), {}});
  const auto owner = static_cast<std::size_t>(&agent - economy_.agents.data());
  const std::size_t position = agent.endowments.size() - 1;
  scalars_.note(view, fmt::format("endowment of {} of {}", key, agent.name), [this, owner, position](Scalar scalar) {
    economy_.agents[owner].endowments[position].quantity = scalar;
  });
}

void Reader::read_auxiliaries() {
  for (const YamlView& view : list_of("auxiliaries")) faults_.guard([&] { read_auxiliary(view); });
}

void Reader::read_auxiliary(const YamlView& view) {
  faults_.guard([&] { view.only_keys(schema_keys("economy/auxiliary")); });
  Auxiliary auxiliary;
  auxiliary.name = name_of(view, "auxiliary", names_of(economy_.auxiliaries));
  if (contains(names_of(economy_.parameters), auxiliary.name)) {
    throw view.at("name").error(fmt::format("'{}' is a parameter already", auxiliary.name));
  }
  const std::size_t index = economy_.auxiliaries.size();
  const auto lower = view.find("lower");
  auxiliary.bounded = lower.has_value();
  economy_.auxiliaries.push_back(auxiliary);
  const auto start = view.find("start");
  if (start) economy_.auxiliaries[index].start = EconomyScalars::number(*start);
  if (lower) {
    scalars_.note_parametric(*lower, fmt::format("lower bound of {}", auxiliary.name), Rule::any,
                             [this, index, given = start.has_value()](Scalar scalar) {
                               economy_.auxiliaries[index].lower = scalar;
                               if (!given && scalar.is_constant()) economy_.auxiliaries[index].start = scalar.value;
                             });
  }
  scalars_.note(view.at("equation"), fmt::format("equation of {}", auxiliary.name), [this, index](Scalar scalar) {
    if (scalar.is_constant()) {  // an equation is an expression, even when it is a number
      Expression constant;
      constant.add_constant(scalar.value);
      constant.text = fmt::format("{}", scalar.value);
      scalar = Scalar::of_expression(economy_.add_expression(constant));
    }
    economy_.auxiliaries[index].equation = scalar.expression;
  });
}

int Reader::find_agent(const YamlView& view) {
  const std::string name = view.text();
  const auto found = std::find(agent_names_.begin(), agent_names_.end(), name);
  if (found != agent_names_.end()) return static_cast<int>(found - agent_names_.begin());
  throw view.error(fmt::format("there is no agent '{}'{}", name, suggestion(name, agent_names_)));
}

void Reader::read_transfers() {
  for (const YamlView& view : list_of("transfers")) {
    faults_.guard([&] {
      view.only_keys(schema_keys("economy/transfer"));
      Transfer transfer;
      transfer.from = find_agent(view.at("from"));
      transfer.to = find_agent(view.at("to"));
      const std::size_t index = economy_.transfers.size();
      economy_.transfers.push_back(transfer);
      scalars_.note(view.at("amount"), "transfer",
                    [this, index](Scalar scalar) { economy_.transfers[index].amount = scalar; });
    });
  }
}

IndexRange Reader::read_tree(const YamlView& view, const std::string& root, const std::string& owner) {
  outputs_ = root == "outputs";
  owner_ = owner;
  IndexRange range{static_cast<int>(economy_.nodes.size()), 0};
  read_nest(view, root, -1);
  range.end = static_cast<int>(economy_.nodes.size());
  return range;
}

void Reader::read_nest(const YamlView& view, const std::string& key, int parent) {
  const std::string word = outputs_ ? "cet" : "ces";
  const std::string wrong = outputs_ ? "ces" : "cet";
  const char* side = outputs_ ? "outputs" : "inputs and demand";
  if (!view.is_map())
    throw view.error(fmt::format("expected a nest {{{}: elasticity, of: {{...}}}} in {}", word, owner_));
  if (view.has(wrong)) {
    throw view.key_error(wrong, fmt::format("found '{}' in {}, expected '{}' in {}", wrong, owner_, word, side));
  }
  view.only_keys(schema_keys(outputs_ ? "economy/output_nest" : "economy/input_nest"));
  if (!view.has(word)) throw view.error(fmt::format("missing key '{}': the elasticity of {} in {}", word, key, owner_));
  const YamlView children = view.at("of");
  if (children.entries().empty())
    throw children.error(fmt::format("expected at least one entry in {} of {}", key, owner_));
  const int nest = economy_.add_nest(parent, key, 0);
  add_node_where(view.where());
  scalars_.note_parametric(
      view.at(word), fmt::format("elasticity of {} in {}", key, owner_), Rule::not_negative,
      [this, nest](Scalar scalar) { economy_.nodes[static_cast<std::size_t>(nest)].amount = scalar; });
  for (const auto& entry : children.entries()) {
    const std::string& child = entry.first;  // a name of its own, since clang 14 cannot capture a structured binding
    const YamlView& child_view = entry.second;
    leaves_complete_ &= faults_.guard([&] {
      if (child.empty() || child.find_first_of("()") != std::string::npos) {
        throw children.key_error(child, fmt::format("found '{}', expected a name without parentheses", child));
      }
      read_child(child, child_view, nest);
    });
  }
}

void Reader::read_child(const std::string& key, const YamlView& view, int parent) {
  const bool nest = view.is_map() && (view.has("ces") || view.has("cet") || view.has("of"));
  if (nest) {
    read_nest(view, key, parent);
  } else {
    read_leaf(key, view, parent);
  }
}

void Reader::read_leaf(const std::string& key, const YamlView& view, int parent) {
  const bool map = view.is_map();
  if (map) view.only_keys(schema_keys("economy/leaf"));
  if (view.is_null()) throw view.error(fmt::format("missing quantity of {} in {}", key, owner_));
  const auto other = map ? view.find("commodity") : std::nullopt;
  const std::string commodity = other ? other->text() : key;
  const auto found = std::find(commodity_names_.begin(), commodity_names_.end(), commodity);
  if (found == commodity_names_.end()) {
    throw(other ? *other : view)
        .error(fmt::format("there is no commodity '{}' (in {}){}", commodity, owner_,
                           suggestion(commodity, commodity_names_)));
  }
  const int leaf = economy_.add_leaf(parent, static_cast<int>(found - commodity_names_.begin()), 0, 1.0,
                                     commodity == key ? "" : key);
  add_node_where(view.where());
  const auto at = static_cast<std::size_t>(leaf);
  const std::string what = fmt::format("{} in {}", key, owner_);
  scalars_.note_quantity(map ? view.at("quantity") : view, "quantity of " + what,
                         [this, at](Scalar scalar) { economy_.nodes[at].amount = scalar; });
  if (!map) return;
  if (const auto price = view.find("price")) {
    scalars_.note_parametric(*price, "reference price of " + what, Rule::positive,
                             [this, at](Scalar scalar) { economy_.nodes[at].price = scalar; });
  }
  if (const auto taxes = view.find("tax")) read_wedges(*taxes, Wedge::Kind::ad_valorem, what);
  if (const auto charges = view.find("charges")) read_wedges(*charges, Wedge::Kind::specific, what);
}

void Reader::read_wedges(const YamlView& list, Wedge::Kind kind, const std::string& leaf) {
  const std::string word = kind == Wedge::Kind::ad_valorem ? "rate" : "amount";
  for (const YamlView& view : list.items()) {
    faults_.guard([&] {
      view.only_keys(schema_keys(kind == Wedge::Kind::ad_valorem ? "economy/tax" : "economy/charge"));
      Wedge wedge;
      wedge.kind = kind;
      wedge.agent = find_agent(view.at("to"));
      const YamlView rate = view.at(word);
      const std::size_t index = economy_.wedges.size();
      economy_.add_wedge(wedge);
      scalars_.note(rate, fmt::format("{} on {}", kind == Wedge::Kind::ad_valorem ? "tax" : "charge", leaf),
                    [this, index](Scalar scalar) { economy_.wedges[index].rate = scalar; });
    });
  }
}

std::vector<Fixed> Reader::fixed_list(const YamlView& map) {
  std::vector<Fixed> list;
  bool anchored = false;
  bool faulty = false;
  for (const auto& [key, view] : map.entries()) {
    try {
      const Reference what = names_->resolve_fixed(key);
      const auto same = [&](const Fixed& other) {
        return other.what.kind == what.kind && other.what.index == what.index;
      };
      if (std::any_of(list.begin(), list.end(), same))
        throw std::invalid_argument(fmt::format("'{}' is fixed twice", key));
      anchored = anchored || what.kind == ReferenceKind::price || what.kind == ReferenceKind::income;
      list.push_back({what, {}});
    } catch (const std::invalid_argument& error) {
      faults_.add(map.key_error(key, error.what()));
      faulty = true;
    }
  }
  if (!anchored && !faulty) {
    throw map.error("expected at least one price or income: without a numeraire prices are known only up to a factor");
  }
  return list;
}

void Reader::read_fixed() {
  const auto map = document_.find("fixed");
  if (!map) {
    if (economy_.commodities.empty()) return;
    economy_.fixed = {{{ReferenceKind::price, 0}, economy_.commodities.front().start}};
    return;
  }
  const bool complete = faults_.guard([&] { economy_.fixed = fixed_list(*map); });
  if (!complete || economy_.fixed.size() != map->entries().size()) return;
  std::size_t index = 0;
  for (const auto& [key, view] : map->entries()) {
    scalars_.note_parametric(view, key, Rule::any,
                             [this, index](Scalar scalar) { economy_.fixed[index].value = scalar; });
    ++index;
  }
}

void Reader::read_counterfactuals() {
  for (const YamlView& view : list_of("counterfactuals")) faults_.guard([&] { read_counterfactual(view); });
}

void Reader::read_counterfactual(const YamlView& view) {
  faults_.guard([&] { view.only_keys(schema_keys("economy/counterfactual")); });
  const std::size_t index = file_.counterfactuals.size();
  Counterfactual entry;
  entry.name = name_of(view, "counterfactual", names_of(file_.counterfactuals));
  entry.where = view.where();
  file_.counterfactuals.push_back(entry);
  if (const auto from = view.find("from")) {
    const std::string word = from->text();
    const std::vector<std::string> words{"benchmark", "previous"};
    if (!contains(words, word)) throw from->error(fmt::format("found '{}'{}", word, suggestion(word, words)));
    file_.counterfactuals[index].from_previous = word == "previous";
  }
  if (const auto set = view.find("set")) read_changes(*set, index);
  if (const auto map = view.find("fixed")) {
    std::vector<Fixed> list = fixed_list(*map);
    file_.counterfactuals[index].replaces_fixed = true;
    file_.counterfactuals[index].fixed = list;
    if (list.size() != map->entries().size()) return;
    std::size_t position = 0;
    for (const auto& [key, value] : map->entries()) {
      scalars_.note_parametric(value, key, Rule::any, [this, index, position](Scalar scalar) {
        file_.counterfactuals[index].fixed[position].value = scalar;
      });
      ++position;
    }
  }
}

void Reader::read_changes(const YamlView& map, std::size_t counterfactual) {
  const std::vector<std::string> known = names_of(economy_.parameters);
  for (const auto& [key, view] : map.entries()) {
    const auto found = std::find(known.begin(), known.end(), key);
    if (found == known.end()) {
      faults_.add(map.key_error(key, fmt::format("there is no parameter '{}'{}", key, suggestion(key, known))));
      continue;
    }
    std::vector<ParameterSetting>& changes = file_.counterfactuals[counterfactual].set;
    changes.push_back({static_cast<int>(found - known.begin()), {}});
    scalars_.note_parametric(view, fmt::format("parameter {}", key), Rule::any,
                             [this, counterfactual, position = changes.size() - 1](Scalar scalar) {
                               file_.counterfactuals[counterfactual].set[position].value = scalar;
                             });
  }
}

/// A commodity that nobody buys or sells leaves a market without a single entry, and a price that nothing determines.
void Reader::check_commodities_used() {
  if (!faults_.empty()) return;
  std::vector<char> used(economy_.commodities.size(), 0);
  for (const Node& node : economy_.nodes) {
    if (node.is_leaf()) used[static_cast<std::size_t>(node.commodity)] = 1;
  }
  for (const Agent& agent : economy_.agents) {
    for (const Endowment& endowment : agent.endowments) used[static_cast<std::size_t>(endowment.commodity)] = 1;
  }
  const YamlView commodities = document_.at("commodities");
  for (std::size_t c = 0; c < used.size(); ++c) {
    const std::string& name = economy_.commodities[c].name;
    if (!used[c]) faults_.add(commodities.key_error(name, fmt::format("nobody buys or sells '{}'", name)));
  }
}

/// Faults are found in two passes; the user reads them from top to bottom.
void Reader::throw_in_order() const {
  if (faults_.empty()) return;
  std::vector<Diagnostic> list = faults_.list();
  std::stable_sort(list.begin(), list.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
  });
  throw InputError(std::move(list));
}

}  // namespace

EconomyFile read_economy(const YamlView& document) { return Reader(document).read(); }

EconomyFile load_economy(const std::string& path) { return read_economy(YamlView::load(path)); }

}  // namespace levee
