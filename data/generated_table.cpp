#include "data/generated_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "data/random_stream.hpp"

namespace levee {
namespace {

constexpr double input_noise = 0.3;      // of the logarithm of an input coefficient, by region
constexpr double advantage_noise = 0.5;  // of the logarithm of what a region offers of a good, against its size
constexpr double deposit_noise = 1.5;    // the same of what comes out of the ground
constexpr double pair_noise = 0.7;       // of the logarithm of a flow
constexpr double least_value_added = 0.08;
constexpr double reference_size = 1.0 / 12;  // share of the world of a region with the default dataset's imports
constexpr double size_effect = 0.3;          // how the odds of buying abroad fall with size
constexpr double most_imported = 0.85;
// A flow below this is no flow: million USD, and share of what the region uses of the good.
constexpr double smallest_flow = 0.1, smallest_share = 2e-4;
constexpr int rounds = 300;         // of the search for attractions that give the regions their sizes
constexpr double grid_cells = 2e4;  // least output of a node in units of the grid
constexpr double most_digits = 1e5;
constexpr double rounding_threshold = 0.4937;

/// How trade in a good falls with distance.
double distance_effect(const std::string& base) {
  if (base == "ELEC") return 4;
  if (base == "CEM" || base == "ONMM") return 2;
  if (base == "GAS") return 1.8;
  if (base == "SER" || base == "CNS") return 0.6;
  return 1.1;
}

/// How a household's spending on a good moves with income, as the power of income relative to other goods.
double income_effect(const std::string& base) {
  if (base == "AGR") return -0.45;
  if (base == "OMF") return -0.1;
  return base == "SER" ? 0.08 : 0;
}

class TableMaker {
 public:
  TableMaker(const GeneratedSectors& sectors, const GeneratedRegions& regions, std::uint64_t seed)
      : sectors_(sectors), regions_(regions), seed_(seed), goods_(sectors.count()), count_(regions.count()) {}

  MrioTable make() {
    draw_inputs();
    draw_final_demand();
    draw_supply();
    draw_trade();
    find_sizes();
    return rounded();
  }

 private:
  int node(int region, int good) const { return region * goods_ + good; }

  /// Input coefficients: the world's, with noise; the less energy the richer the region.
  void draw_inputs() {
    RandomStream random(seed_, "inputs");
    coefficient_.resize(goods_, goods_ * count_);
    for (int r = 0; r < count_; ++r) {
      const double thrift = std::pow(regions_.income[r], -0.2);
      for (int user = 0; user < goods_; ++user) {
        auto column = coefficient_.col(node(r, user));
        column = sectors_.use.col(user) / sectors_.output[user];
        const double world_inputs = column.sum();
        for (int good = 0; good < goods_; ++good) {
          column[good] *= random.factor(input_noise);
          if (sectors_.in_group(good, "energy") && !sectors_.in_group(user, "energy")) column[good] *= thrift;
        }
        const double odds = (1 - world_inputs) / world_inputs * random.factor(0.2);
        const double value_added = std::max(least_value_added, odds / (1 + odds));
        column *= (1 - value_added) / column.sum();
      }
    }
  }

  void draw_final_demand() {
    RandomStream random(seed_, "final demand");
    const std::array<const Eigen::VectorXd*, 3> world{&sectors_.household, &sectors_.government, &sectors_.investment};
    const std::array<FinalDemand, 3> category{household, government, investment};
    const double total = sectors_.household.sum() + sectors_.government.sum() + sectors_.investment.sum();
    final_.setZero(goods_, count_ * final_demand_count);
    for (int r = 0; r < count_; ++r) {
      double spent = 0;
      for (std::size_t d = 0; d < world.size(); ++d) {
        auto column = final_.col(r * final_demand_count + category[d]);
        for (int good = 0; good < goods_; ++good) {
          column[good] = (*world[d])[good] * random.factor(input_noise);
          if (category[d] == household)
            column[good] *= std::pow(regions_.income[r], income_effect(sectors_.base[static_cast<std::size_t>(good)]));
        }
        column *= world[d]->sum() / total * random.factor(0.1) / column.sum();
        spent += column.sum();
      }
      final_.middleCols(r * final_demand_count, final_demand_count) *= regions_.spending[r] / spent;
    }
  }

  /// What each region offers of each good, relative to its size.
  void draw_supply() {
    RandomStream random(seed_, "supply");
    advantage_.resize(goods_ * count_);
    for (int n = 0; n < advantage_.size(); ++n) {
      const bool deposit =
          sectors_.in_group(n % goods_, "extraction") || sectors_.base[static_cast<std::size_t>(n % goods_)] == "MIN";
      advantage_[n] = random.factor(deposit ? deposit_noise : advantage_noise);
    }
  }

  /// Share of each good that a region buys abroad: the world's odds, higher in small regions and where it is made with
  /// disadvantage.
  double import_share(int region, int good) const {
    const double traded = sectors_.traded[good] / sectors_.output[good];
    const double size = regions_.gdp[region] / regions_.gdp.sum();
    double odds = traded / (1 - traded) * std::pow(size / reference_size, -size_effect);
    odds /= advantage_[node(region, good)];
    return std::min(most_imported, odds / (1 + odds));
  }

  /// Gravity: the pull of each origin on each region's imports, 0 where too little would flow.
  void draw_trade() {
    RandomStream random(seed_, "trade");
    pull_.setZero(goods_ * count_, count_);
    imported_.resize(goods_, count_);
    for (int r = 0; r < count_; ++r) {
      for (int good = 0; good < goods_; ++good) {
        imported_(good, r) = import_share(r, good);
        const double used = regions_.gdp[r] / regions_.gdp.sum() * sectors_.output[good];
        const double effect = distance_effect(sectors_.base[static_cast<std::size_t>(good)]);
        double all = 0;
        for (int s = 0; s < count_; ++s) {
          if (s == r) continue;
          const int origin = node(s, good);
          pull_(origin, r) = regions_.gdp[s] * advantage_[origin] * std::pow(regions_.distance(s, r), -effect) *
                             random.factor(pair_noise);
          all += pull_(origin, r);
        }
        for (int s = 0; s < count_; ++s) {
          if (s == r) continue;
          const double part = imported_(good, r) * pull_(node(s, good), r) / all;
          const double cut = random.factor(pair_noise) * std::max(smallest_share, smallest_flow / used);
          if (part < cut) pull_(node(s, good), r) = 0;
        }
      }
    }
  }

  /// Shares of origins from pulls times what makes an origin attractive.
  void mix_origins(const Eigen::VectorXd& attraction) {
    share_.resize(goods_ * count_, count_);
    for (int r = 0; r < count_; ++r) {
      for (int good = 0; good < goods_; ++good) {
        double all = 0;
        for (int s = 0; s < count_; ++s) all += pull_(node(s, good), r) * attraction[s];
        for (int s = 0; s < count_; ++s) {
          const double abroad = all > 0 ? imported_(good, r) * pull_(node(s, good), r) * attraction[s] / all : 0;
          share_(node(s, good), r) = s == r ? (all > 0 ? 1 - imported_(good, r) : 1) : abroad;
        }
      }
    }
  }

  /// Looks for output that meets demand, and for attractions that let each region earn about its gdp. Neither is needed
  /// exactly: the accounts are closed afterwards, whatever output it ended with.
  void find_sizes() {
    Eigen::VectorXd attraction = Eigen::VectorXd::Ones(count_);
    const Eigen::RowVectorXd value_added_share =
        Eigen::RowVectorXd::Ones(goods_ * count_) - coefficient_.colwise().sum();
    x_.resize(goods_ * count_);
    for (int n = 0; n < x_.size(); ++n)
      x_[n] = regions_.gdp[n / goods_] / regions_.gdp.sum() * sectors_.output[n % goods_];
    for (int round = 0; round < rounds; ++round) {
      if (round < rounds / 2) mix_origins(attraction);
      x_ = delivered();
      for (int r = 0; r < count_ && round < rounds / 2; ++r) {
        const double earned = value_added_share.segment(r * goods_, goods_).dot(x_.segment(r * goods_, goods_));
        attraction[r] *= std::pow(regions_.gdp[r] / earned, 0.5);
      }
    }
  }

  /// What is used in a region of each good.
  Eigen::VectorXd used(int region) const {
    return coefficient_.middleCols(region * goods_, goods_) * x_.segment(region * goods_, goods_) +
           final_.middleCols(region * final_demand_count, final_demand_count).rowwise().sum();
  }

  /// What each node sells when output is x_.
  Eigen::VectorXd delivered() const {
    Eigen::VectorXd result = Eigen::VectorXd::Zero(goods_ * count_);
    for (int r = 0; r < count_; ++r) {
      const Eigen::VectorXd demand = used(r);
      for (int s = 0; s < count_; ++s) {
        result.segment(s * goods_, goods_) += share_.col(r).segment(s * goods_, goods_).cwiseProduct(demand);
      }
    }
    return result;
  }

  /// All figures are whole numbers of a grid of 10^-k million USD: use is rounded, trade rounded with the largest flow
  /// taking what is left; output and value added follow.
  MrioTable rounded() const {
    double grid = 1;
    while (x_.minCoeff() < grid_cells * grid) grid /= 10;
    const double units = std::round(1 / grid);
    Eigen::MatrixXd use(goods_, goods_ * count_), final_use(goods_, final_.cols());
    for (int n = 0; n < use.cols(); ++n) {
      for (int good = 0; good < goods_; ++good) use(good, n) = whole(coefficient_(good, n) * x_[n] * units);
    }
    for (int column = 0; column < final_.cols(); ++column) {
      for (int good = 0; good < goods_; ++good) final_use(good, column) = whole(final_(good, column) * units);
    }
    Eigen::MatrixXd trade = Eigen::MatrixXd::Zero(goods_ * count_, count_);
    for (int r = 0; r < count_; ++r) {
      const Eigen::VectorXd demand = use.middleCols(r * goods_, goods_).rowwise().sum() +
                                     final_use.middleCols(r * final_demand_count, final_demand_count).rowwise().sum();
      for (int good = 0; good < goods_; ++good) spread(demand[good], good, r, trade);
    }
    return accounts(use, final_use, trade, units);
  }

  /// A whole number of few digits: a figure's last bits, which differ between compilers, seldom change it. The
  /// threshold is not a half, since products of round numbers do come to a half.
  static double whole(double value) {
    double step = 1;
    while (value >= most_digits * step) step *= 10;
    return std::floor(value / step + rounding_threshold) * step;
  }

  void spread(double demand, int good, int region, Eigen::MatrixXd& trade) const {
    int largest = node(0, good);
    double left = demand;
    for (int s = 0; s < count_; ++s) {
      const int origin = node(s, good);
      trade(origin, region) = whole(share_(origin, region) * demand);
      left -= trade(origin, region);
      if (trade(origin, region) > trade(largest, region)) largest = origin;
    }
    trade(largest, region) += left;
    if (trade(largest, region) < 0) throw std::logic_error("a generated flow is negative");
  }

  /// From whole numbers of the grid to million USD.
  MrioTable accounts(const Eigen::MatrixXd& use, const Eigen::MatrixXd& final_use, const Eigen::MatrixXd& trade,
                     double units) const {
    MrioTable table;
    const Eigen::VectorXd output = trade.rowwise().sum();
    const Eigen::VectorXd value_added = output - use.colwise().sum().transpose();
    if (output.minCoeff() <= 0 || value_added.minCoeff() <= 0)
      throw std::logic_error("a generated sector has no value added");
    table.x = output / units;
    table.value_added = value_added / units;
    Eigen::MatrixXd share(trade.rows(), count_);
    table.Y.setZero(trade.rows(), final_use.cols());
    for (int r = 0; r < count_; ++r) {
      Eigen::VectorXd brought = Eigen::VectorXd::Zero(goods_);
      for (int s = 0; s < count_; ++s) brought += trade.col(r).segment(s * goods_, goods_);
      for (int origin = 0; origin < trade.rows(); ++origin) {
        const double total = brought[origin % goods_];
        share(origin, r) = total > 0 ? trade(origin, r) / total : 0;
        for (int column = r * final_demand_count; column < (r + 1) * final_demand_count; ++column)
          table.Y(origin, column) = share(origin, r) * final_use(origin % goods_, column) / units;
      }
    }
    table.Z = IntermediateTable(std::move(share), use / units);
    return table;
  }

  const GeneratedSectors& sectors_;
  const GeneratedRegions& regions_;
  std::uint64_t seed_;
  int goods_, count_;
  Eigen::MatrixXd coefficient_;  ///< goods x nodes
  Eigen::MatrixXd final_;        ///< goods x (regions * final_demand_count)
  Eigen::VectorXd advantage_;    ///< nodes
  Eigen::MatrixXd pull_;         ///< nodes x regions, 0 at home
  Eigen::MatrixXd imported_;     ///< goods x regions
  Eigen::MatrixXd share_;        ///< nodes x regions
  Eigen::VectorXd x_;            ///< nodes
};

}  // namespace

MrioTable generated_table(const GeneratedSectors& sectors, const GeneratedRegions& regions, std::uint64_t seed) {
  return TableMaker(sectors, regions, seed).make();
}

}  // namespace levee
