#include "model/equation_listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace levee {
namespace {

/// One row turned into two sides. A sum row is split by sign; a row of logarithms becomes products.
class RowWriter {
 public:
  RowWriter(const EquationSystem& equations, int row, const UnknownWords& words)
      : equations_(equations), words_(words), row_(row), content_(equations.content(row)) {}

  void write(EquationText& text) const {
    if (content_.kind == RowKind::logarithm) {
      logarithm_row(text);
    } else if (is_product()) {
      product_row(text);
    } else {
      sum_row(text);
    }
  }

 private:
  bool logarithmic(int unknown) const { return equations_.is_logarithmic(unknown); }
  bool paired() const { return row_ < equations_.size(); }

  static bool is_logarithm(const EquationContent::Formula& formula) {
    return formula.expression->steps.back().operation == Operation::logarithm;
  }

  /// Nothing but logarithms: log a + 0.5 log b - log c = 0 is a b^0.5 = c.
  bool is_product() const {
    const auto in_logarithm = [&](const Factor& factor) { return logarithmic(factor.unknown); };
    return content_.terms.empty() && content_.linear.size() + content_.formulas.size() > 0 &&
           std::all_of(content_.linear.begin(), content_.linear.end(), in_logarithm) &&
           std::all_of(content_.formulas.begin(), content_.formulas.end(), is_logarithm);
  }

  /// exp of `scale` times the row's linear part, constant and logarithms; the part with positive exponents or the
  /// other.
  Addend product(double scale, bool positive) const {
    Addend result;
    const double constant = scale * content_.constant;
    if (constant != 0 && (constant > 0) == positive) result.coefficient = std::exp(std::abs(constant));
    for (const Factor& factor : content_.linear) {
      const double exponent = scale * factor.exponent;
      if ((exponent > 0) == positive) result.factors.push_back({factor.unknown, std::abs(exponent)});
    }
    for (const EquationContent::Formula& formula : content_.formulas) {
      const double exponent = scale * formula.coefficient;
      if ((exponent > 0) != positive) continue;
      const std::string inner = inside_logarithm(formula);
      const std::string power = std::abs(exponent) == 1 ? "" : fmt::format("^{}", write_number(std::abs(exponent)));
      result.formula += fmt::format("{}({}){}", result.formula.empty() ? "" : " * ", inner, power);
    }
    return result;
  }

  std::string inside_logarithm(const EquationContent::Formula& formula) const {
    Expression inner = *formula.expression;
    inner.steps.resize(static_cast<std::size_t>(inner.steps.back().first) + 1);
    return write_sum(expand({&inner, 1, formula.references}, words_), words_);
  }

  void product_row(EquationText& text) const {
    text.left.addends = {write_addend(product(1, true), words_)};
    text.right.addends = {write_addend(product(1, false), words_)};
  }

  /// log C + ... - log(sum of terms) / exponent = 0.
  void logarithm_row(EquationText& text) const {
    text.right = {terms(), 1 / content_.exponent};
    if (!std::all_of(content_.formulas.begin(), content_.formulas.end(), is_logarithm)) {
      std::vector<Addend> sum = plain_addends();
      text.left.addends = {fmt::format("exp({})", write_sum(sum, words_))};
      return;
    }
    // price + deductions = market price + charges
    if (const Addend whole = product(-1, false);
        content_.exponent == -1 && whole.is_number() && whole.coefficient == 1) {
      text.left = {terms(), 1};
      text.right = {{write_addend(product(-1, true), words_)}, 1};
      return;
    }
    const Addend over = product(1, false);
    text.left.addends = {write_addend(product(1, true), words_)};
    if (over.is_number() && over.coefficient == 1) return;
    text.left.addends = {fmt::format("{} / ({})", text.left.addends.front(), write_addend(over, words_))};
  }

  std::vector<std::string> terms() const {
    std::vector<std::string> result;
    for (const Monomial& term : content_.terms) result.push_back(write_addend(addend_of(term), words_));
    return result;
  }

  /// The addends of a sum, without the terms.
  std::vector<Addend> plain_addends() const {
    std::vector<Addend> sum = constant_sum(content_.constant);
    for (const Factor& factor : content_.linear) {
      if (logarithmic(factor.unknown)) {
        sum.push_back({factor.exponent, {}, fmt::format("log([{}])", words_.names[factor.unknown])});
      } else {
        sum.push_back({factor.exponent, {{factor.unknown, 1}}, ""});
      }
    }
    for (const EquationContent::Formula& formula : content_.formulas) {
      for (Addend& addend : expand(formula, words_)) sum.push_back(std::move(addend));
    }
    return sum;
  }

  bool is_own(const Addend& addend) const {
    return paired() && addend.formula.empty() && addend.factors.size() == 1 && addend.factors.front().unknown == row_ &&
           addend.factors.front().exponent == 1;
  }

  /// What the row is divided by, so that it reads well: the paired unknown stands alone, or numbers and unknowns alone
  /// lose the factor that they share.
  double common_size(const std::vector<Addend>& sum) const {
    const auto own = std::find_if(sum.begin(), sum.end(), [&](const Addend& addend) { return is_own(addend); });
    if (own != sum.end()) return std::abs(own->coefficient) / words_.units[row_];
    double size = 0;
    for (const Addend& addend : sum) {
      if (addend.is_number()) continue;
      if (!addend.formula.empty() || addend.factors.size() != 1 || addend.factors.front().exponent != 1) return 1;
      if (size != 0 && std::abs(std::abs(addend.coefficient) / size - 1) > 1e-12) return 1;
      size = std::abs(addend.coefficient);
    }
    return size == 0 ? 1 : size;
  }

  void sum_row(EquationText& text) const {
    std::vector<Addend> sum = plain_addends();
    for (const Monomial& term : content_.terms) {
      if (term.coefficient() != 0) sum.push_back(addend_of(term));
    }
    const double size = common_size(sum);
    const bool own_is_negative =
        std::any_of(sum.begin(), sum.end(), [&](const Addend& a) { return is_own(a) && a.coefficient < 0; });
    const double sign = !text.complementary && own_is_negative ? -1 : 1;
    std::stable_sort(sum.begin(), sum.end(), [&](const Addend& a, const Addend& b) { return is_own(a) && !is_own(b); });
    for (const Addend& addend : sum) {
      const Addend part = scaled(addend, sign / size);
      EquationText::Side& side = part.coefficient > 0 ? text.left : text.right;
      side.addends.push_back(write_addend(scaled(part, part.coefficient > 0 ? 1 : -1), words_));
    }
  }

  const EquationSystem& equations_;
  const UnknownWords& words_;
  int row_;
  EquationContent content_;
};

std::string write_side(const EquationText::Side& side, std::size_t most, const std::string& pad) {
  if (side.addends.empty()) return "0";
  std::string text = side.power == 1 ? "" : "( ";
  for (std::size_t k = 0; k < side.addends.size() && k < most; ++k) {
    if (k > 0) text += fmt::format("\n{}+ ", pad);
    text += side.addends[k];
  }
  if (side.addends.size() > most) text += fmt::format("\n{}+ ... ({} more)", pad, side.addends.size() - most);
  if (side.power != 1) text += fmt::format(" )^{}", write_number(side.power));
  return text;
}

}  // namespace

EquationListing::EquationListing(const EconomySystem& system) : system_(system), words_{{}, system.unknown_units()} {
  for (int k = 0; k < system.equations().size(); ++k) words_.names.push_back(system.equations().unknown_name(k));
}

EquationText EquationListing::equation(int row) const {
  const EquationSystem& equations = system_.equations();
  EquationText text;
  text.name = equations.row_name(row);
  if (row < equations.size()) {
    text.unknown = equations.unknown_name(row);
    text.lower = equations.lower()[row];
    text.complementary = std::isfinite(text.lower);
  }
  RowWriter(equations, row, words_).write(text);
  return text;
}

std::size_t EquationListing::length(int row) const {
  const EquationContent content = system_.equations().content(row);
  std::size_t count = content.linear.size() + content.terms.size();
  for (const EquationContent::Formula& formula : content.formulas) count += formula.expression->steps.size();
  return count;
}

std::string write_equation(const EquationText& equation, std::size_t addends, std::string_view indent) {
  std::string text = fmt::format("{}{}\n", indent, equation.name);
  const std::string pad = fmt::format("{}      ", indent);
  if (equation.unknown.empty()) {
    text += fmt::format("{}  not imposed: the unknown paired with it is fixed\n", indent);
  } else if (equation.complementary) {
    text += fmt::format("{}  paired with [{}] >= {}\n", indent, equation.unknown, equation.lower);
  } else {
    text += fmt::format("{}  paired with [{}]\n", indent, equation.unknown);
  }
  text += fmt::format("{}      {}\n", indent, write_side(equation.left, addends, pad));
  text += fmt::format("{}   {:>2} {}\n", indent, equation.complementary ? ">=" : "=",
                      write_side(equation.right, addends, pad));
  return text;
}

}  // namespace levee
